using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Programs;

/// <summary>
/// What one rank does, in order: the schedule says which stage takes which micro-batch when, and around each pass stand the
/// messages to other stages and the moves of buckets between data ranks.
/// </summary>
internal sealed class RankProgram
{
    private readonly PlanContext context;
    private readonly int rank;
    private readonly ImmutableArray<StageRange> stages;
    private readonly ImmutableArray<GradientBucket> buckets;
    private readonly ImmutableArray<SegmentPlan> segments;
    private readonly StageMessages messages;
    private readonly BucketMoves moves;
    private readonly LayerCollectives collectives;

    public RankProgram(
        PlanContext context, int rank, ImmutableArray<GradientBucket> buckets, ImmutableArray<SegmentPlan> segments)
    {
        (this.context, this.rank, this.buckets, this.segments) = (context, rank, buckets, segments);
        stages = context.StagesOf(rank);
        messages = new StageMessages(context, rank);
        var dataGroup = context.GroupOf(rank, MeshAxis.Data);
        moves = new BucketMoves(context, dataGroup, buckets, segments);
        collectives = new LayerCollectives(context, dataGroup, context.GroupOf(rank, MeshAxis.Tensor));
    }

    public ImmutableArray<PlanAction> Update() =>
    [
        .. Passes(),
        .. moves.AwaitReductions(),
        .. SumShared(),
        .. SumPartial(),
        .. ReduceMetrics(),
        .. Widen(),
        .. Clip(),
        new PlanAction.Step(),
        .. moves.GatherUpdated(),
    ];

    public ImmutableArray<PlanAction> Evaluate() =>
    [
        .. Enumerable.Range(0, context.Batch.MicroBatchCount).SelectMany(Evaluate),
        .. ReduceMetrics(),
    ];

    /// <summary>Where the data ranks all have a parameter whole, they must have the same bits of it.</summary>
    public ImmutableArray<PlanAction> Compare()
    {
        var isWanted = context.Program.Parallel.CheckReplicasEvery.Length > 0 && context.Shard < ShardLevel.Parameters;
        var parameterCount = buckets.Sum(bucket => bucket.Parameters.Length);
        return isWanted && parameterCount > 0 && context.GroupOf(rank, MeshAxis.Data) is { } group
            ? [new PlanAction.CompareReplicas(group.Index, (long)sizeof(long) * parameterCount)]
            : [];
    }

    private IEnumerable<PlanAction> Passes() =>
        context.Steps[context.Mesh.Coordinate(rank, MeshAxis.Pipeline)].SelectMany(Pass);

    private IEnumerable<PlanAction> Pass(ScheduleStep step)
    {
        var stage = stages[step.Chunk];
        return step.Work switch
        {
            ScheduleWork.Forward => Forward(stage, step.MicroBatch, isTraining: true),
            ScheduleWork.Backward => Backward(stage, step.MicroBatch, isWhole: true),
            ScheduleWork.InputGradient => Backward(stage, step.MicroBatch, isWhole: false),
            ScheduleWork.WeightGradient => WeightGradients(stage, step.MicroBatch),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step.Work, null),
        };
    }

    /// <param name="isTraining">Whether metrics are measured at once, or by an action of their own.</param>
    private IEnumerable<PlanAction> Forward(StageRange stage, int microBatch, bool isTraining)
    {
        var own = SegmentsOf(stage);
        if (LoadsBefore(stage))
            yield return new PlanAction.Load(microBatch);
        foreach (var message in messages.BeforeForward(stage, microBatch))
            yield return message;
        for (var place = 0; place < own.Length; place++)
        {
            var next = own.ElementAtOrDefault(place + 1);
            foreach (var fetch in moves.Fetch(own[place], own.ElementAtOrDefault(place - 1), next))
                yield return fetch;
            yield return new PlanAction.Forward(microBatch, own[place].Index) { Collectives = collectives.Forward(own[place], isTraining) };
            foreach (var release in moves.Release(own[place], next))
                yield return release;
        }

        foreach (var message in messages.AfterForward(stage, microBatch))
            yield return message;
    }

    /// <param name="isWhole">Whether the large weights' gradients are computed too, or left for later.</param>
    private IEnumerable<PlanAction> Backward(StageRange stage, int microBatch, bool isWhole)
    {
        var own = SegmentsOf(stage).Reverse().ToImmutableArray();
        foreach (var message in messages.BeforeBackward(stage, microBatch))
            yield return message;
        for (var place = 0; place < own.Length; place++)
        {
            var (segment, next) = (own[place], own.ElementAtOrDefault(place + 1));
            foreach (var fetch in moves.Fetch(segment, own.ElementAtOrDefault(place - 1), next))
                yield return fetch;
            if (segment.IsRecomputed)
                yield return new PlanAction.Recompute(microBatch, segment.Index) { Collectives = collectives.Recompute(segment) };
            foreach (var wait in moves.AwaitOwn(segment))
                yield return wait;
            yield return isWhole
                ? new PlanAction.Backward(microBatch, segment.Index) { Collectives = collectives.Backward(segment) }
                : new PlanAction.InputGradient(microBatch, segment.Index) { Collectives = collectives.Backward(segment) };
            foreach (var release in moves.Release(segment, next))
                yield return release;
            foreach (var reduction in isWhole ? moves.Reduce(segment, IsLast(microBatch)) : [])
                yield return reduction;
        }

        foreach (var message in messages.AfterBackward(stage, microBatch))
            yield return message;
    }

    private IEnumerable<PlanAction> WeightGradients(StageRange stage, int microBatch)
    {
        foreach (var segment in SegmentsOf(stage).Reverse())
        {
            foreach (var wait in moves.AwaitOwn(segment))
                yield return wait;
            yield return new PlanAction.WeightGradient(microBatch, segment.Index);
            foreach (var reduction in moves.Reduce(segment, IsLast(microBatch)))
                yield return reduction;
        }
    }

    private IEnumerable<PlanAction> Evaluate(int microBatch) =>
    [
        .. stages.SelectMany(stage => Forward(stage, microBatch, isTraining: false)),
        .. HoldsLoss ? (PlanAction[])[new PlanAction.Measure(microBatch) { Collectives = collectives.Metrics() }] : [],
    ];

    /// <summary>The sums of the loss and of each metric, and whether a rank was asked to stop, always in float64.</summary>
    private IEnumerable<PlanAction> ReduceMetrics() => context.World is { } world
        ? [new PlanAction.AllReduceMetrics(world.Index, sizeof(double) * (2L + context.Program.Training.Metrics.Length))]
        : [];

    private IEnumerable<PlanAction> SumShared() => context.SharedBy(rank).Select(group => new PlanAction.SumSharedGradient(
        group.Parameter,
        group.Index,
        checked(buckets
            .SelectMany(bucket => bucket.Parameters)
            .First(placed => placed.Parameter.Name == group.Parameter)
            .Shape.ElementCount * context.ElementBytes)));

    /// <summary>Each data rank sums what it updates: the tensor ranks beside it have the same shards.</summary>
    private IEnumerable<PlanAction> SumPartial()
    {
        var (count, place) = context.Shard == ShardLevel.None
            ? (1, 0)
            : (context.Degrees.Data, context.Mesh.Coordinate(rank, MeshAxis.Data));
        var elements = new PartialGradients(context.Tensor, buckets).Elements(count, place);
        return elements > 0 && context.GroupOf(rank, MeshAxis.Tensor) is { } group
            ? [new PlanAction.SumPartialGradients(group.Index, checked(elements * context.ElementBytes))]
            : [];
    }

    private IEnumerable<PlanAction> Clip()
    {
        var norm = context.Program.Training.ClipNorm;
        if (norm == 0)
            yield break;
        yield return new PlanAction.Clip(norm, DifferentGradients?.Index, DifferentGradients is null ? 0 : sizeof(double));
    }

    private IEnumerable<PlanAction> Widen()
    {
        var precision = context.Program.Training.Precision;
        if (!precision.HasMasters())
            yield break;
        var group = precision.ScalesLoss() ? DifferentGradients : null;
        yield return new PlanAction.WidenGradients(group?.Index, group is null ? 0 : sizeof(float));
    }

    /// <summary>Replicas have the same gradients: only ranks that hold different ones must add theirs up.</summary>
    private GroupPlan? DifferentGradients =>
        context.Shard > ShardLevel.None ? context.World : context.ReplicaOf(rank);

    private bool HoldsLoss => stages[^1].End == context.Program.Model.Layers.Length;

    /// <summary>
    /// A rank that reads samples or compares with targets loads each micro-batch once, before its first stage that does.
    /// </summary>
    private bool LoadsBefore(StageRange stage) => stages.FirstOrDefault(NeedsBatch) == stage;

    private bool NeedsBatch(StageRange stage) =>
        stage.End == context.Program.Model.Layers.Length
        || context.Flow.Readers(CheckedLayer.ModelInput).Any(layer => layer >= stage.FirstLayer && layer < stage.End);

    /// <summary>Every schedule takes a stage's micro-batches backward in their order.</summary>
    private bool IsLast(int microBatch) => microBatch == context.Batch.MicroBatchCount - 1;

    private ImmutableArray<SegmentPlan> SegmentsOf(StageRange stage) =>
        [.. segments.Where(segment => segment.Stage == stage.Stage)];
}
