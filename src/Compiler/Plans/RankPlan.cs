using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Plans;

/// <summary>What one rank owns and does.</summary>
/// <param name="Coordinates">The rank's coordinate on each axis of the mesh, in the axes' order.</param>
/// <param name="Segments">The rank's layers, in runs; all of the model's where it is not cut.</param>
/// <param name="Buckets">The parameters of those layers in the rank's flat buffer.</param>
/// <param name="Update">The actions of one update.</param>
/// <param name="Evaluate">The actions for one batch of an evaluation.</param>
public sealed record RankPlan(
    int Rank,
    ImmutableArray<int> Coordinates,
    DeviceDescription Device,
    ImmutableArray<SegmentPlan> Segments,
    ImmutableArray<GradientBucket> Buckets,
    ImmutableArray<PlanAction> Update,
    ImmutableArray<PlanAction> Evaluate,
    MemoryEstimate Memory)
{
    /// <summary>The actions after an update that is to be followed by a comparison of the replicas; mostly none.</summary>
    public ImmutableArray<PlanAction> Compare { get; init; } = [];

    /// <summary>What comes and goes in an update, by the number of the action; its most is in <see cref="Memory"/>.</summary>
    public ImmutableArray<ActionBytes> Activations { get; init; } = [];

    /// <summary>How that changes within a pass, by its segment.</summary>
    public ImmutableArray<PassBytes> Passes { get; init; } = [];

    /// <summary>What was sent and not taken yet, at most: it is counted in all of <see cref="Activations"/>.</summary>
    public long MessageBytes { get; init; }

    /// <summary>The elements of the rank's flat buffer, padding included.</summary>
    public long ElementCount => Buckets.Sum(bucket => bucket.ElementCount);
}
