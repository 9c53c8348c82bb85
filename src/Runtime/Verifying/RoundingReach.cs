using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// How far rounding alone can lead two trainings apart: each its own way, by the longest steps that the optimizer makes of
/// gradients no larger than that. Adam divides them by their own size, so that they become whole steps; SGD leaves them as
/// small as they are.
/// </summary>
internal sealed class RoundingReach(CheckedComponent optimizer, long updateCount)
{
    private readonly OptimizerRule rule = OptimizerCatalogue.Rules.Single(rule => rule.Name == optimizer.Kind);

    /// <param name="noise">The greatest magnitude of a gradient that is rounding.</param>
    public double Of(double noise)
    {
        var steps = 0.0;
        for (var update = 1L; update <= updateCount; update++)
            steps += rule.Longest(optimizer.Arguments, update, noise);
        return 2 * optimizer.Arguments.Real("lr") * steps;
    }
}
