using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The greatest number of bytes that come and go within an update, found by going through the rank's actions: activations of
/// the micro-batches in flight, and whole buckets of what is sharded.
/// </summary>
internal static class MemoryPeaks
{
    public static long Activations(
        PlanContext context, ImmutableArray<SegmentPlan> segments, ImmutableArray<PlanAction> update)
    {
        var kept = segments.Select(segment => Kept(context, segment)).ToArray();
        var inputs = segments.Select(segment => Inputs(context, segment)).ToArray();
        var (now, peak) = (0L, 0L);
        foreach (var action in update)
        {
            now = checked(now + action switch
            {
                PlanAction.Forward forward => segments[forward.Segment].IsRecomputed
                    ? inputs[forward.Segment]
                    : kept[forward.Segment] + inputs[forward.Segment],
                PlanAction.Recompute again => kept[again.Segment],
                PlanAction.Backward backward => -(kept[backward.Segment] + inputs[backward.Segment]),
                PlanAction.WeightGradient late => -(kept[late.Segment] + inputs[late.Segment]),
                _ => 0,
            });
            peak = Math.Max(peak, now);
        }

        return checked(peak * context.Batch.RankMicroBatch);
    }

    /// <summary>Whole buckets: of parameters between gathering and release, of gradients until they are reduced.</summary>
    public static long Transient(
        PlanContext context,
        ImmutableArray<GradientBucket> buckets,
        ImmutableArray<SegmentPlan> segments,
        ImmutableArray<PlanAction> update)
    {
        if (context.Shard < ShardLevel.Gradients)
            return 0;
        var (parameters, gradients) = (new HashSet<int>(), new HashSet<int>());
        var peak = 0L;
        foreach (var action in update)
        {
            switch (action)
            {
                case PlanAction.GatherParameters gather when context.Shard == ShardLevel.Parameters:
                    parameters.Add(gather.Bucket);
                    break;
                case PlanAction.ReleaseParameters release: parameters.Remove(release.Bucket); break;
                case PlanAction.Backward backward: gradients.UnionWith(segments[backward.Segment].Buckets); break;
                case PlanAction.InputGradient backward: gradients.UnionWith(segments[backward.Segment].Buckets); break;
            }

            peak = Math.Max(peak, parameters.Sum(Elements) + gradients.Sum(Elements));
            if (action is PlanAction.ReduceGradients { IsBackground: false } reduce)
                gradients.Remove(reduce.Bucket);
            if (action is PlanAction.AwaitGradients wait)
                gradients.Remove(wait.Bucket);
        }

        return checked(peak * context.ElementBytes);

        long Elements(int bucket) => buckets[bucket].ElementCount;
    }

    /// <summary>
    /// The bytes that autograd keeps of one sample, and the output that the loss keeps: in float32 at least, and where that
    /// is not the model's own precision both the output and the loss's terms.
    /// </summary>
    private static long Kept(PlanContext context, SegmentPlan segment)
    {
        var model = context.LocalModel;
        var layers = model.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount);
        var holdsLoss = segment.Holds(model.Layers.Length - 1);
        var precision = context.Program.Training.Precision;
        var kept = holdsLoss ? checked(model.Output.ElementCount * context.MasterBytes * (precision.HasMasters() ? 2 : 1)) : 0;
        return checked(layers.Sum(layer => layer.SavedBytesPerSample(precision)) + kept);
    }

    private static long Inputs(PlanContext context, SegmentPlan segment) => checked(segment.Inputs.Sum(context.Flow.Elements) * context.ElementBytes);
}
