using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What a rank holds at once against what its device has. Parameters, gradients, optimizer states and buffers are exact;
/// what autograd keeps is an upper bound, since a tensor that two layers keep is counted for both.
/// </summary>
internal static class MemoryFit
{
    public static MemoryEstimate Estimate(
        PlanContext context,
        ImmutableArray<GradientBucket> buckets,
        ImmutableArray<SegmentPlan> segments,
        ImmutableArray<PlanAction> update)
    {
        var whole = checked(buckets.Sum(bucket => bucket.ElementCount) * context.ElementBytes);
        var shards = context.Shard == ShardLevel.None ? 1 : context.Degrees.Data;
        var shard = whole / shards;
        var updated = checked(buckets.Sum(bucket => bucket.ElementCount) / shards * context.MasterBytes);
        return new MemoryEstimate(
            ParameterBytes: context.Shard == ShardLevel.Parameters ? shard : whole,
            GradientBytes: context.Shard >= ShardLevel.Gradients ? shard : whole,
            OptimizerBytes: checked(updated * context.Program.Training.OptimizerStateCount),
            BufferBytes: Buffers(context, segments),
            TransientBytes: MemoryPeaks.Transient(context, buckets, segments, update),
            ActivationBytes: MemoryPeaks.Activations(context, segments, update))
        {
            // The weights once more, and the gradients that they are updated from.
            MasterBytes = context.Program.Training.Precision.HasMasters() ? checked(2 * updated) : 0,
        };
    }

    /// <summary>
    /// A model that cannot be held, whatever autograd keeps; null where it can, or where the memory is not known.
    /// </summary>
    public static Diagnostic? Mistake(ExecutionPlan plan)
    {
        var rank = plan.Ranks
            .Where(rank => rank.Device.MemoryBytes > 0 && Certain(rank.Memory) > rank.Device.MemoryBytes)
            .MaxBy(rank => Certain(rank.Memory));
        return rank is null
            ? null
            : PlanErrors.MemoryExceedsDevice(
                plan.Program.Parallel.Span,
                rank,
                Certain(rank.Memory),
                isEach: plan.Ranks.All(other => Certain(other.Memory) == Certain(rank.Memory)));
    }

    public static IEnumerable<string> Notes(ImmutableArray<RankPlan> ranks)
    {
        var rank = ranks
            .Where(rank => rank.Device.MemoryBytes > 0 && rank.Memory.TotalBytes > rank.Device.MemoryBytes)
            .MaxBy(rank => rank.Memory.TotalBytes);
        if (rank is not null)
            yield return $"a rank may need {ByteText.Of(rank.Memory.TotalBytes)}, "
                + $"and {rank.Device.Name} has {ByteText.Of(rank.Device.MemoryBytes)}: "
                + "a larger `accumulate`, `recompute` or more devices make it less";
    }

    private static long Certain(MemoryEstimate memory) =>
        checked(memory.ParameterBytes + memory.GradientBytes + memory.MasterBytes + memory.OptimizerBytes + memory.BufferBytes);

    private static long Buffers(PlanContext context, ImmutableArray<SegmentPlan> segments) => segments
        .SelectMany(segment => context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))
        .SelectMany(layer => layer.Buffers)
        .Sum(buffer => checked(buffer.Shape.ElementCount * (buffer.IsInteger ? sizeof(long) : context.MasterBytes)));
}
