using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue;

/// <summary>An optimizer, and how many tensors of all parameters' size it keeps with the given arguments.</summary>
public sealed record OptimizerRule(
    string Name,
    string Summary,
    ImmutableArray<ArgumentRule> Arguments,
    Func<CheckedArguments, int> StateCount) : IComponentRule;
