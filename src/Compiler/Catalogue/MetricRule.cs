using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>A metric, and the kind of target that it can judge.</summary>
public sealed record MetricRule(
    string Name,
    string Summary,
    ImmutableArray<ArgumentRule> Arguments,
    TargetKind Target) : IComponentRule
{
    /// <summary>Whether a greater value is the better one.</summary>
    public bool IsBetterGreater { get; init; }
}
