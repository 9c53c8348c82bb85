using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Programs;

/// <summary>
/// How the data ranks keep their buckets alike: gradients are summed when the last layer of a bucket has them, each shard's
/// owner updates it, and whole parameters are fetched where they are needed.
/// </summary>
internal sealed class BucketMoves(
    PlanContext context, GroupPlan? group, ImmutableArray<GradientBucket> buckets, ImmutableArray<SegmentPlan> segments)
{
    /// <summary>With one bucket there is nothing left to do beside its reduction.</summary>
    private readonly bool isBackground = buckets.Length > 1;

    /// <summary>The bucket whose reduction goes on, where only one may: its whole gradients are let go when it is through.</summary>
    private int? reducing;

    /// <summary>Where every use of a bucket fetches it, and lets it go again.</summary>
    private bool FetchesParameters => group is not null && context.Shard == ShardLevel.Parameters;

    /// <summary>Before a segment's pass: its own parameters are waited for, and the next segment's are on their way.</summary>
    /// <param name="next">Null where no other segment follows at once.</param>
    public IEnumerable<PlanAction> Fetch(SegmentPlan segment, SegmentPlan? previous, SegmentPlan? next)
    {
        if (!FetchesParameters)
            yield break;
        if (previous is null)
        {
            foreach (var bucket in segment.Buckets)
                yield return Gather(bucket);
        }

        foreach (var bucket in next?.Buckets.Except(segment.Buckets) ?? [])
            yield return Gather(bucket);
        foreach (var bucket in segment.Buckets)
            yield return new PlanAction.AwaitParameters(bucket);
    }

    public IEnumerable<PlanAction> Release(SegmentPlan segment, SegmentPlan? next) => FetchesParameters
        ? segment.Buckets.Except(next?.Buckets ?? []).Select(bucket => new PlanAction.ReleaseParameters(bucket))
        : [];

    /// <summary>Before a backward pass adds to gradients that are still being reduced.</summary>
    public IEnumerable<PlanAction> AwaitOwn(SegmentPlan segment)
    {
        if (reducing is not { } bucket || !segment.Buckets.Contains(bucket))
            yield break;
        reducing = null;
        yield return new PlanAction.AwaitGradients(bucket);
    }

    /// <summary>
    /// After a segment's backward pass: the buckets that are complete. Sharded gradients are summed after each micro-batch,
    /// since a rank keeps its shard only; others once an update.
    /// </summary>
    public IEnumerable<PlanAction> Reduce(SegmentPlan segment, bool isLastMicroBatch)
    {
        if (group is null || !(isLastMicroBatch || context.Shard >= ShardLevel.Gradients))
            yield break;
        foreach (var bucket in segment.Buckets.Where(bucket => IsComplete(bucket, segment)))
        {
            if (reducing is { } earlier)
                yield return new PlanAction.AwaitGradients(earlier);
            yield return Reduction(bucket);
            if (isBackground && context.Shard >= ShardLevel.Gradients)
                reducing = bucket;
        }
    }

    /// <summary>When all backward passes are through.</summary>
    public IEnumerable<PlanAction> AwaitReductions()
    {
        if (group is null || !isBackground)
            return [];
        return context.Shard >= ShardLevel.Gradients
            ? reducing is { } last ? [new PlanAction.AwaitGradients(last)] : []
            : buckets.Select(bucket => new PlanAction.AwaitGradients(bucket.Index));
    }

    /// <summary>After the update: each rank fetches what the others have updated.</summary>
    public IEnumerable<PlanAction> GatherUpdated() =>
        group is not null && context.Shard is ShardLevel.Optimizer or ShardLevel.Gradients
            ? buckets.SelectMany(bucket => (PlanAction[])[Gather(bucket.Index), new PlanAction.AwaitParameters(bucket.Index)])
            : [];

    /// <summary>Backward takes the segments in reverse: the first one that holds a part of the bucket completes it.</summary>
    private bool IsComplete(int bucket, SegmentPlan segment) =>
        segments.First(other => other.Buckets.Contains(bucket)) == segment;

    private PlanAction.ReduceGradients Reduction(int bucket) => new(
        bucket,
        context.Shard == ShardLevel.None ? CollectiveKind.AllReduce : CollectiveKind.ReduceScatter,
        group!.Index,
        Bytes(bucket))
    {
        IsBackground = isBackground,
    };

    /// <summary>Each rank puts its shard in.</summary>
    private PlanAction.GatherParameters Gather(int bucket) =>
        new(bucket, group!.Index, Bytes(bucket) / context.Degrees.Data) { IsBackground = isBackground };

    private long Bytes(int bucket) => checked(buckets[bucket].ElementCount * context.ElementBytes);
}
