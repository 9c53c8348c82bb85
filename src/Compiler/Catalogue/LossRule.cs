using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>A loss, and what it asks of the target and of the model's end.</summary>
/// <param name="AppliesActivation">
/// The layer that the loss applies itself, so that the model must not end with it; or empty.
/// </param>
public sealed record LossRule(
    string Name,
    string Summary,
    ImmutableArray<ArgumentRule> Arguments,
    TargetKind Target,
    string AppliesActivation) : IComponentRule;
