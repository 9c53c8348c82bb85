using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What a rank holds at once against what its device has. Parameters, gradients, optimizer states and buffers are exact;
/// what comes and goes is counted by tensor, action by action (see <see cref="MemoryPeaks"/>).
/// </summary>
internal static class MemoryFit
{
    /// <summary>So many of the heaviest layers are named where a plan does not fit.</summary>
    private const int NamedLayers = 3;

    public static MemoryEstimate Estimate(
        PlanContext context,
        ImmutableArray<GradientBucket> buckets,
        ImmutableArray<SegmentPlan> segments,
        ImmutableArray<PlanAction> update,
        ActivationCourse activations,
        DeviceDescription device)
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
            ActivationBytes: activations.PeakBytes)
        {
            // The weights once more, and the gradients that they are updated from.
            MasterBytes = context.Program.Training.Precision.HasMasters() ? checked(2 * updated) : 0,
            BatchBytes = LoadedBatches.Bytes(context, update, device.Kind),
            WorkspaceBytes = Workspace.Bytes(context, segments, device),
        };
    }

    /// <summary>Why a plan does not fit its devices, and what to change; null where it fits, or where no memory is known.</summary>
    public static Diagnostic? Mistake(ExecutionPlan plan, Degrees degrees)
    {
        var rank = plan.Ranks
            .Where(rank => rank.Device.MemoryBytes > 0 && rank.Memory.TotalBytes > rank.Device.MemoryBytes)
            .MaxBy(rank => rank.Memory.TotalBytes);
        if (rank is null)
            return null;
        ImmutableArray<DeviceDescription> devices = [.. plan.Ranks.Select(other => other.Device)];
        var advice = MemoryAdvice.Of(plan.Program, degrees, devices);
        return PlanErrors.MemoryExceedsDevice(
            plan.Program.Parallel.Span,
            rank,
            isEach: plan.Ranks.All(other => other.Memory.TotalBytes == rank.Memory.TotalBytes),
            Heaviest(plan, rank),
            advice,
            advice is null ? Enough(plan, devices) : "");
    }

    private static string Enough(ExecutionPlan plan, ImmutableArray<DeviceDescription> devices)
    {
        var larger = plan.Ranks[0].Device.Kind == DeviceKind.Cuda ? "devices with more memory" : "a machine with more memory";
        if (plan.Hardware.Performance is not { } performance)
            return $"more of them, or {larger}";
        return new EnoughMemory(plan.Program, performance, devices).More() is { } more ? $"{more}, with `parallel auto`, or {larger}" : larger;
    }

    /// <summary>The layers of a rank that weigh most, with what they and their states and activations take.</summary>
    private static ImmutableArray<(CheckedLayer Layer, long Bytes)> Heaviest(ExecutionPlan plan, RankPlan rank)
    {
        var training = plan.Program.Training;
        var perElement = ParameterBytes.OfElement(training, plan.Shard, plan.Batch.DataDegree);
        return
        [
            .. rank.Segments
                .SelectMany(segment => plan.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))
                .Select(layer => (Layer: layer, Bytes: checked(
                    (long)(layer.ParameterCount * perElement)
                    + (layer.SavedBytesPerSample(training.Precision) * plan.Batch.RankMicroBatch))))
                .OrderByDescending(pair => pair.Bytes)
                .ThenBy(pair => pair.Layer.Index)
                .Take(NamedLayers),
        ];
    }

    private static long Buffers(PlanContext context, ImmutableArray<SegmentPlan> segments) => segments
        .SelectMany(segment => context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount))
        .SelectMany(layer => layer.Buffers)
        .Sum(buffer => checked(buffer.Shape.ElementCount * (buffer.IsInteger ? sizeof(long) : context.MasterBytes)));
}
