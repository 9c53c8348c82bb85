using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>The ranks that share a collective, in the order of their coordinate along the axis.</summary>
/// <param name="Name">The axis, and the other coordinates where there are several such groups.</param>
public sealed record GroupPlan(int Index, string Name, string Axis, ImmutableArray<int> Ranks);
