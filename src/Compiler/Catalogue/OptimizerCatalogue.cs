using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Optimizers;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Every optimizer, sorted by name.</summary>
public static class OptimizerCatalogue
{
    public static ImmutableArray<OptimizerRule> Rules { get; } =
    [
        AdamOptimizer.Rule,
        AdamWOptimizer.Rule,
        SgdOptimizer.Rule,
    ];
}
