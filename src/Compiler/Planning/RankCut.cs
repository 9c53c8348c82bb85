using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>How a rank's layers and parameters are cut: the same for all ranks that differ in their replica only.</summary>
internal sealed record RankCut(ImmutableArray<GradientBucket> Buckets, ImmutableArray<SegmentPlan> Segments)
{
    private MemoryEstimate? memory;

    /// <summary>
    /// What a rank needs at its peak: found from the first one's list, since replicas differ in their groups and peers only, and
    /// all own devices of one kind.
    /// </summary>
    public MemoryEstimate Memory(PlanContext context, ImmutableArray<PlanAction> update, DeviceKind device) =>
        memory ??= MemoryFit.Estimate(context, Buckets, Segments, update, device);
}
