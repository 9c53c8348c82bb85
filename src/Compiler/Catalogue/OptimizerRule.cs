using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Catalogue;

/// <summary>An optimizer.</summary>
/// <param name="StateCount">How many tensors of all parameters' size it keeps with the given arguments.</param>
/// <param name="Longest">How long its steps can be.</param>
public sealed record OptimizerRule(
    string Name,
    string Summary,
    ImmutableArray<ArgumentRule> Arguments,
    Func<CheckedArguments, int> StateCount,
    OptimizerRule.LongestStep Longest) : IComponentRule
{
    /// <summary>
    /// The longest step of an element, in learning rates, whose gradients in this update and all before are no larger than
    /// <paramref name="gradient"/>; what decay takes of the weight itself is not in it.
    /// </summary>
    /// <param name="update">From 1.</param>
    public delegate double LongestStep(CheckedArguments arguments, long update, double gradient);
}
