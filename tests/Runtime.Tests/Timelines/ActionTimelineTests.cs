using ParDsl.Runtime.Building;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;
using Xunit;

namespace ParDsl.Runtime.Tests.Timelines;

public sealed class ActionTimelineTests
{
    private const int SampleCount = 32;

    [Theory]
    [InlineData("pipeline 2 microbatches=4 schedule=1f1b")]
    [InlineData("pipeline 2 microbatches=4 schedule=zero_bubble")]
    public void Each_ranks_actions_are_noted_in_the_plans_order_and_one_after_the_other(string layout)
    {
        const int Updates = 2;
        var plan = Specs.Plan(
            "input [4]; target class 3", "linear 8; relu; linear 3", "loss cross_entropy; optimizer sgd lr=0.1; batch 16; epochs 1", layout, SampleCount);
        var timeline = new ActionTimeline(plan.Ranks.Length);
        using var session = SessionBuilder.Build(
            plan, RunOptions.InMemory.With(timeline), Specs.Data(plan.Program, SampleCount));

        session.Step(Updates);

        foreach (var (rank, noted) in plan.Ranks.Zip(timeline.Take()))
        {
            Assert.Equal(Enumerable.Repeat(rank.Update, Updates).SelectMany(actions => actions), noted.Select(timed => timed.Action));
            Assert.All(noted, timed => Assert.True(timed.Start <= timed.End));
            Assert.All(noted.Zip(noted.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            Assert.Contains(noted, timed => timed.IsPass);
        }

        Assert.All(timeline.Take(), noted => Assert.Empty(noted));
    }
}
