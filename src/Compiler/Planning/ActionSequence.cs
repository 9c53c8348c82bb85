using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What every data rank does, in order: the same list for all of them. Without a group nothing is moved: one rank has the
/// whole batch.
/// </summary>
internal sealed class ActionSequence
{
    private readonly CheckedProgram program;
    private readonly BatchPlan batch;
    private readonly ImmutableArray<GradientBucket> buckets;
    private readonly GroupPlan? group;

    public ActionSequence(CheckedProgram program, BatchPlan batch, ImmutableArray<GradientBucket> buckets, GroupPlan? group)
    {
        (this.program, this.batch, this.buckets, this.group) = (program, batch, buckets, group);
        Update = [.. MicroBatches(Train), .. ReduceGradients(), .. ReduceMetrics(), .. Clip(), new PlanAction.Step()];
        Evaluate = [.. MicroBatches(Measure), .. ReduceMetrics()];
    }

    public ImmutableArray<PlanAction> Update { get; }

    public ImmutableArray<PlanAction> Evaluate { get; }

    private IEnumerable<PlanAction> MicroBatches(Func<int, IEnumerable<PlanAction>> actions) =>
        Enumerable.Range(0, batch.MicroBatchCount).SelectMany(actions);

    private IEnumerable<PlanAction> Train(int microBatch)
    {
        var collectives = new LayerCollectives(program, group);
        yield return new PlanAction.Load(microBatch);
        yield return new PlanAction.Forward(microBatch, 0) { Collectives = collectives.Forward };
        yield return new PlanAction.Backward(microBatch, 0) { Collectives = collectives.Backward };
    }

    private static IEnumerable<PlanAction> Measure(int microBatch) =>
    [
        new PlanAction.Load(microBatch),
        new PlanAction.Forward(microBatch, 0),
        new PlanAction.Measure(microBatch),
    ];

    private IEnumerable<PlanAction> ReduceGradients() => group is null
        ? []
        : buckets.Select(bucket => new PlanAction.AllReduceGradients(
            bucket.Index,
            group.Index,
            checked(bucket.ElementCount * program.Training.Precision.ElementBytes())));

    /// <summary>The sums of the loss and of each metric, and whether a rank was asked to stop, always in float64.</summary>
    private IEnumerable<PlanAction> ReduceMetrics() => group is null
        ? []
        : [new PlanAction.AllReduceMetrics(group.Index, sizeof(double) * (2L + program.Training.Metrics.Length))];

    private IEnumerable<PlanAction> Clip() =>
        program.Training.ClipNorm > 0 ? [new PlanAction.Clip(program.Training.ClipNorm)] : [];
}
