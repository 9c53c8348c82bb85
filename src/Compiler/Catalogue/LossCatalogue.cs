using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Losses;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Every loss, sorted by name.</summary>
public static class LossCatalogue
{
    public static ImmutableArray<LossRule> Rules { get; } =
    [
        BinaryCrossEntropyLoss.Rule,
        CrossEntropyLoss.Rule,
        L1Loss.Rule,
        MeanSquaredErrorLoss.Rule,
    ];
}
