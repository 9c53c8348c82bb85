using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>How a rank's layers and parameters are cut: the same for all ranks that differ in their replica only.</summary>
internal sealed record RankCut(ImmutableArray<GradientBucket> Buckets, ImmutableArray<SegmentPlan> Segments)
{
    private ActivationCourse? activations;
    private MemoryEstimate? memory;

    /// <summary>
    /// What a rank needs at its peak: found from the first one's list, since replicas differ in their groups and peers only, and
    /// all own devices of one kind, with as many threads.
    /// </summary>
    public MemoryEstimate Memory(PlanContext context, ImmutableArray<PlanAction> update, DeviceDescription device) =>
        memory ??= MemoryFit.Estimate(context, Buckets, Segments, update, Activations(context, update, device.Kind), device);

    /// <summary>Likewise, what comes and goes action by action.</summary>
    public ActivationCourse Activations(PlanContext context, ImmutableArray<PlanAction> update, DeviceKind device) =>
        activations ??= MemoryPeaks.Activations(context, Segments, update, device);
}
