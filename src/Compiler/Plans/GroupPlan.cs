using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>The ranks that share a collective, in the order of their coordinate along the axis.</summary>
/// <param name="Name">The axis, and the other coordinates where there are several such groups.</param>
/// <param name="Axis">
/// A mesh axis; or <see cref="World"/>, <see cref="Replica"/>, or <see cref="Shared"/>, whose ranks hold one parameter together.
/// </param>
public sealed record GroupPlan(int Index, string Name, string Axis, ImmutableArray<int> Ranks)
{
    /// <summary>The group of all ranks, where no axis has all of them.</summary>
    public const string World = "world";

    /// <summary>The ranks that hold one replica together, where they stand on two axes.</summary>
    public const string Replica = "replica";

    /// <summary>The ranks whose stages share a tied parameter.</summary>
    public const string Shared = "shared";

    /// <summary>The name of that parameter; empty in other groups.</summary>
    public string Parameter { get; init; } = "";
}
