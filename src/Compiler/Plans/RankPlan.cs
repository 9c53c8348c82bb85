using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Plans;

/// <summary>What one rank owns and does.</summary>
/// <param name="Coordinates">The rank's coordinate on each axis of the mesh, in the axes' order.</param>
/// <param name="Update">The actions of one update.</param>
/// <param name="Evaluate">The actions for one batch of an evaluation.</param>
public sealed record RankPlan(
    int Rank,
    ImmutableArray<int> Coordinates,
    DeviceDescription Device,
    ImmutableArray<PlanAction> Update,
    ImmutableArray<PlanAction> Evaluate,
    MemoryEstimate Memory);
