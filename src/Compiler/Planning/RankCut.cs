using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>How a rank's layers and parameters are cut: the same for all ranks that differ in their replica only.</summary>
internal sealed record RankCut(ImmutableArray<GradientBucket> Buckets, ImmutableArray<SegmentPlan> Segments)
{
    private ActivationCourse? activations;
    private PartialGradients? partial;
    private readonly Dictionary<int, MemoryEstimate> memoryByThreads = [];

    /// <summary>
    /// What a rank needs at its peak: found from the first list of those with as many threads, since replicas differ in their
    /// groups and peers only, and all own devices of one kind.
    /// </summary>
    public MemoryEstimate Memory(PlanContext context, ImmutableArray<PlanAction> update, DeviceDescription device)
    {
        if (!memoryByThreads.TryGetValue(device.Threads, out var memory))
        {
            memory = MemoryFit.Estimate(context, Buckets, Segments, update, Activations(context, update, device.Kind), device);
            memoryByThreads.Add(device.Threads, memory);
        }

        return memory;
    }

    public PartialGradients Partial(TensorPlan tensor) => partial ??= new PartialGradients(tensor, Buckets);

    /// <summary>What comes and goes action by action, found in the same way.</summary>
    public ActivationCourse Activations(PlanContext context, ImmutableArray<PlanAction> update, DeviceKind device) =>
        activations ??= MemoryPeaks.Activations(context, Segments, update, device);
}
