using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Metrics;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Every metric, sorted by name.</summary>
public static class MetricCatalogue
{
    public static ImmutableArray<MetricRule> Rules { get; } =
    [
        AccuracyMetric.Rule,
        MeanAbsoluteErrorMetric.Rule,
    ];
}
