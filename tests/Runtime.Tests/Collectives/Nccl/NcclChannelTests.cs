using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Tests.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

public sealed class NcclChannelTests
{
    [Theory]
    [InlineData("pipeline 2", "0>1 1>0")]
    [InlineData("pipeline 4 at=[b, c, d]", "0>1 1>0 1>2 2>1 2>3 3>2")]
    [InlineData("pipeline 3 microbatches=3 schedule=interleaved chunks=2", "0>1 0>2 1>0 1>2 2>0 2>1")]
    [InlineData("data 2", "")]
    public void Channels_go_where_the_plan_has_messages(string layout, string expected)
    {
        var plan = PlanFor(layout, "linear 8; relu; b: linear 8; tanh; c: linear 8; silu; d: linear 8; relu; linear 8; tanh; linear 3");
        Assert.All(plan.Groups.Take(1), group => Assert.Equal(expected, Words(NcclChannel.Of(plan, group))));
    }

    /// <summary>The values of a residual that two stages share.</summary>
    [Fact]
    public void A_plan_may_take_messages_in_another_order_than_it_sends_them()
    {
        var plan = PlanFor("pipeline 2", "linear 8; residual { linear 64; relu; linear 64; relu; linear 64; relu; linear 8 }; linear 3");
        var sent = plan.Ranks[1].Update.OfType<PlanAction.SendGradient>().Select(send => send.Value).ToList();
        var taken = plan.Ranks[0].Update.OfType<PlanAction.ReceiveGradient>().Select(receive => receive.Value).ToList();
        Assert.Equal(sent.Order(), taken.Order());
        Assert.NotEqual(sent, taken);
    }

    private static string Words(ImmutableArray<NcclChannel> channels) =>
        string.Join(' ', channels.Select(channel => $"{channel.Source}>{channel.Destination}"));

    private static ExecutionPlan PlanFor(string layout, string network) => Specs.Plan(
        "input [6]; target class 3", network, "loss cross_entropy; optimizer sgd lr=0.1; batch 12; steps 4", layout, sampleCount: 24);
}
