using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;
using Xunit;
using static ParDsl.Compiler.Tests.Planning.Programs;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>What ranks hold over the predicted time of an update.</summary>
public sealed class HeldBytesTests
{
    private static readonly (string, long?)[] Layers =
        [("linear", 64L), ("relu", null), ("linear", 32L), ("relu", null), ("linear", 16L), ("relu", null), ("linear", 4L)];

    [Theory]
    [InlineData(ScheduleKind.Gpipe)]
    [InlineData(ScheduleKind.OneForwardOneBackward)]
    [InlineData(ScheduleKind.ZeroBubble)]
    public void The_most_of_it_is_the_peak(ScheduleKind schedule)
    {
        var plan = Predicted(Of(Layers).With(null, Stages(2, 4, schedule)), 2);
        foreach (var rank in plan.Prediction!.Ranks)
        {
            var course = HeldBytes.Of(plan, rank).ToArray();
            Assert.Equal(plan.Ranks[rank.Rank].Memory.ActivationBytes, course.Max(change => change.Bytes));
            Assert.All(course.Zip(course.Skip(1)), pair => Assert.True(pair.First.Time <= pair.Second.Time));
            Assert.Equal(plan.Ranks[rank.Rank].Activations[^1].After, course[^1].Bytes);
        }
    }

    /// <summary>Of a single rank the peak; of replicas as often; of stages less, since they are not at their peaks together.</summary>
    [Fact]
    public void Together_ranks_hold_what_they_need_at_the_same_time()
    {
        var program = Of(Layers);
        Assert.Equal(Sum(Predicted(program, 1)), HeldTogether.Bytes(Predicted(program, 1)));
        var replicas = Predicted(program.With(Replicas(2)), 2);
        Assert.Equal(Sum(replicas), HeldTogether.Bytes(replicas));
        var stages = Predicted(program.With(null, Stages(2, 1)), 2);
        Assert.InRange(HeldTogether.Bytes(stages), stages.Ranks.Max(rank => rank.Memory.TotalBytes), Sum(stages) - 1);
        var unknown = Plan(program.With(null, Stages(2, 1)), Gpus(2));
        Assert.Equal(Sum(unknown), HeldTogether.Bytes(unknown));
    }

    /// <summary>One micro-batch: what the first stage sends is taken as soon as it is there, so it is not there beside both peaks.</summary>
    [Fact]
    public void Messages_are_there_until_they_are_taken()
    {
        var program = Of([("linear", 64L), ("linear", 64L), ("linear", 4L)]);
        var plan = Predicted(program.With(null, Stages(2, 1) with { Cuts = ["2"] }), 2);
        var message = 64 * 32 * sizeof(float);
        Assert.Equal([message, message], plan.Ranks.Select(rank => rank.WaitingMessageBytes));
        // When the second stage is at its peak, backward through its layer, the first one keeps the sample and its second layer's input.
        Assert.Equal(
            plan.Ranks[1].Memory.ActivationBytes - message + ((6 + 64) * 32 * sizeof(float)),
            HeldTogether.Bytes(plan) - plan.Ranks.Sum(rank => rank.Memory.TotalBytes - rank.Memory.ActivationBytes));
    }

    private static long Sum(ExecutionPlan plan) => plan.Ranks.Sum(rank => rank.Memory.TotalBytes);

    /// <summary>Of 4 layers that keep their inputs, one after the other: it grows forward and shrinks backward.</summary>
    [Fact]
    public void Within_a_pass_it_grows_and_shrinks_layer_by_layer()
    {
        var plan = Predicted(Of([("linear", 64L), ("linear", 64L), ("linear", 64L), ("linear", 4L)]), 1);
        var timed = plan.Prediction!.Ranks[0];
        var course = HeldBytes.Of(plan, timed).ToArray();
        var forward = timed.Actions.Single(action => action.Action is PlanAction.Forward);
        Assert.Equal([64, 64, 64], Steps(Within(course, forward)[^4..]));
        var backward = timed.Actions.Single(action => action.Action is PlanAction.Backward);
        // The last layer has its own gradient of 4 numbers, the next one two of 64.
        Assert.Equal([-4, -64, -128], Steps(Within(course, backward)[^4..]));
    }

    private static long[] Within((double Time, long Bytes)[] course, PredictedAction action) =>
        [.. course.Where(change => change.Time >= action.Start && change.Time < action.End).Select(change => change.Bytes)];

    /// <summary>In numbers of one sample of 32.</summary>
    private static IEnumerable<long> Steps(long[] bytes) =>
        bytes.Zip(bytes.Skip(1)).Select(pair => (pair.Second - pair.First) / (32 * sizeof(float)));

    private static ExecutionPlan Predicted(CheckedProgram program, int gpus) =>
        Plan(program, Speeds.Gpus(gpus, Speeds.Of(Speeds.Gigaflops, new LinkPerformance(1e12, 1e-6), call: 1e-8)));
}
