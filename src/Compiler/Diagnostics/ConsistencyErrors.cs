using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>
/// How a plan can contradict itself: PD4050, one function per contradiction. No specification can cause one: it is a fault
/// in ParDsl, and is shown before it can hang or spoil a run.
/// </summary>
public static class ConsistencyErrors
{
    public static Diagnostic RankCount(ExecutionPlan plan) =>
        Error(plan, $"the mesh has {plan.Mesh.WorldSize} places and the plan {plan.Ranks.Length} ranks");

    public static Diagnostic RankOutOfPlace(ExecutionPlan plan, int rank) => Error(
        plan,
        $"place {rank} of the mesh holds rank {plan.Ranks[rank].Rank} with the coordinates "
            + $"[{string.Join(", ", plan.Ranks[rank].Coordinates)}]");

    public static Diagnostic SharedDevice(ExecutionPlan plan, ImmutableArray<int> ranks) =>
        Error(plan, $"the ranks {string.Join(", ", ranks)} share the device {plan.Ranks[ranks[0]].Device.Name}");

    public static Diagnostic BrokenGroup(ExecutionPlan plan, GroupPlan group) =>
        Error(plan, $"group {group.Index} `{group.Name}` holds the ranks [{string.Join(", ", group.Ranks)}], "
            + "which are not at least 2 different ones of the plan");

    public static Diagnostic UncoveredAxis(ExecutionPlan plan, MeshAxis axis) =>
        Error(plan, $"the groups of the axis `{axis.Name}` of degree {axis.Degree} do not hold each rank once");

    public static Diagnostic BucketOutOfPlace(ExecutionPlan plan, GradientBucket bucket, int index, long offset) => Error(
        plan,
        $"bucket {bucket.Index} starts at element {bucket.ElementOffset}, and bucket {index} was to start at element {offset}");

    public static Diagnostic ParameterOutOfPlace(ExecutionPlan plan, PlacedParameter placed, long offset) =>
        Error(
            plan, $"`{placed.Parameter.Name}` starts at element {placed.ElementOffset}, and the one before it ends at {offset}");

    public static Diagnostic BucketNotFilled(ExecutionPlan plan, GradientBucket bucket, long filled) =>
        Error(plan, $"bucket {bucket.Index} has {bucket.ElementCount} elements, and its parameters fill {filled}");

    public static Diagnostic ParameterNotOnce(ExecutionPlan plan, CheckedParameter parameter, int times) => Error(
        plan,
        $"`{parameter.Name}` of shape {parameter.Shape} stands in {times} places of the buckets, "
            + "and it was to stand in 1, with its shape and layer");

    public static Diagnostic UnknownParameter(ExecutionPlan plan, string name) =>
        Error(plan, $"the buckets hold `{name}`, which is no parameter of the model");

    public static Diagnostic ForeignBatch(ExecutionPlan plan) => Error(
        plan,
        $"the plan cuts a batch of {plan.Batch.GlobalBatch} into {plan.Batch.MicroBatchCount} micro-batches, "
            + $"and the program one of {plan.Program.Training.GlobalBatch} into {plan.Program.Training.Accumulate}");

    public static Diagnostic UnsharedBatch(ExecutionPlan plan, int degree) =>
        Error(plan, $"the batch is shared by {plan.Batch.DataDegree} data ranks, and the mesh has {degree}");

    public static Diagnostic UntiledBatch(ExecutionPlan plan) => Error(
        plan,
        $"{plan.Batch.MicroBatchCount} x {plan.Batch.DataDegree} x {plan.Batch.RankMicroBatch} samples are not the "
            + $"batch of {plan.Batch.GlobalBatch}");

    public static Diagnostic MicroBatchDisordered(
        ExecutionPlan plan,
        RankPlan rank,
        int microBatch,
        int segment,
        ImmutableArray<string> found,
        ImmutableArray<string> expected) => Error(
            plan,
            $"rank {rank.Rank} does [{string.Join(", ", found)}] with micro-batch {microBatch} of {plan.Batch.MicroBatchCount} "
                + $"in segment {segment}, and it was to do [{string.Join(", ", expected)}] with each of them");

    public static Diagnostic NotMeasuredOnce(ExecutionPlan plan, RankPlan rank) =>
        Error(plan, $"rank {rank.Rank} does not measure each micro-batch of an evaluation once, where it holds the loss");

    public static Diagnostic SegmentBorders(ExecutionPlan plan, RankPlan rank, SegmentPlan segment) => Error(
        plan,
        $"segment {segment.Index} of rank {rank.Rank} reads [{string.Join(", ", segment.Inputs)}] and gives "
            + $"[{string.Join(", ", segment.Outputs)}], which are not the values that cross its borders");

    public static Diagnostic LayersNotHeldOnce(ExecutionPlan plan, RankPlan first) => Error(
        plan,
        $"the ranks of the replica that starts with rank {first.Rank} do not hold each of the "
            + $"{plan.Program.Model.Layers.Length} layers once");

    public static Diagnostic BucketReducedOtherwise(
        ExecutionPlan plan, RankPlan rank, GradientBucket bucket, int times, int expected) =>
        Error(plan, $"rank {rank.Rank} reduces bucket {bucket.Index} {times} times, and it was to do so {expected} times");

    public static Diagnostic ReducedBeforeBackward(ExecutionPlan plan, RankPlan rank, GradientBucket bucket) =>
        Error(plan, $"rank {rank.Rank} reduces bucket {bucket.Index} before its last backward pass");

    public static Diagnostic UsedWithoutParameters(ExecutionPlan plan, RankPlan rank, GradientBucket bucket) =>
        Error(plan, $"rank {rank.Rank} uses the parameters of bucket {bucket.Index} while it holds its shard of them only");

    public static Diagnostic NoSuchSegment(ExecutionPlan plan, RankPlan rank, int segment) =>
        Error(plan, $"rank {rank.Rank} goes through segment {segment}, which it does not have");

    public static Diagnostic UsedBeforeReduced(ExecutionPlan plan, RankPlan rank, GradientBucket bucket, PlanAction action) => Error(
        plan,
        $"rank {rank.Rank} is to {ActionText.Of(action)} while the gradients of bucket {bucket.Index} are still on their way");

    public static Diagnostic NeverAwaited(ExecutionPlan plan, RankPlan rank, GradientBucket bucket) =>
        Error(plan, $"rank {rank.Rank} never waits for the parameters of bucket {bucket.Index} that it fetches last");

    public static Diagnostic UsedBeforeThere(ExecutionPlan plan, RankPlan rank, PlanAction action, string missing) =>
        Error(plan, $"rank {rank.Rank} is to {ActionText.Of(action)} before {missing} is there");

    public static Diagnostic MessageUnmatched(ExecutionPlan plan, string phase, Message message, int sent, int received) =>
        Error(plan, $"in the {phase}, {message} ({message.Bytes} bytes) is sent {sent} times and received {received} times");

    public static Diagnostic NeverEnds(ExecutionPlan plan, string phase, int rank, PlanAction action) =>
        Error(plan, $"in the {phase}, rank {rank} would wait for ever to {ActionText.Of(action)}");

    public static Diagnostic NotSteppedOnceAndLast(ExecutionPlan plan, RankPlan rank, int steps) =>
        Error(plan, $"rank {rank.Rank} steps {steps} times in an update, and it was to step once, when all gradients are there");

    public static Diagnostic NotClippedOnce(ExecutionPlan plan, RankPlan rank) =>
        Error(plan, $"rank {rank.Rank} does not clip the summed gradients as the program asks (clip "
            + $"{plan.Program.Training.ClipNorm})");

    public static Diagnostic PartialNotSummedOnce(ExecutionPlan plan, RankPlan rank, long found, long bytes) => Error(
        plan,
        $"rank {rank.Rank} sums {found} bytes of partial gradients over the tensor ranks, and it was to sum {bytes}, once and "
            + "when all gradients are there");

    public static Diagnostic NotWidenedOnce(ExecutionPlan plan, RankPlan rank) => Error(
        plan,
        $"rank {rank.Rank} does not widen the summed gradients as {plan.Program.Training.Precision.Name()} asks, "
            + "once and before they are clipped");

    public static Diagnostic CollectiveOutsideGroup(ExecutionPlan plan, RankPlan rank, string phase, string what, int group) =>
        Error(plan, $"rank {rank.Rank} issues the {what} of the {phase} in group {group}, which it does not belong to");

    public static Diagnostic CollectivesDiffer(
        ExecutionPlan plan,
        string phase,
        GroupPlan group,
        int rank,
        int place,
        string expected,
        string actual) => Error(
            plan,
            $"collective {place} of the {phase} in group `{group.Name}` is {expected} on rank {group.Ranks[0]} and "
                + $"{actual} on rank {rank}");

    public static Diagnostic BucketBytesDiffer(ExecutionPlan plan, RankPlan rank, int bucket, long found, long bytes) =>
        Error(plan, $"rank {rank.Rank} moves {found} bytes of bucket {bucket}, which has {bytes}");

    private static Diagnostic Error(ExecutionPlan plan, string contradiction) => new(
        "PD4050",
        Severity.Error,
        plan.Program.Parallel.Span,
        "",
        $"the plan for `{plan.Strategy}` contradicts itself: {contradiction}",
        "this is a fault in ParDsl, not in your file: please report it with the file and the output of `pardsl plan`",
        []);
}
