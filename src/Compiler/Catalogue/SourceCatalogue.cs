using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue.Sources;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Every kind of data source, sorted by name.</summary>
public static class SourceCatalogue
{
    public static ImmutableArray<IComponentRule> Rules { get; } =
    [
        CsvSource.Rule,
        IdxSource.Rule,
        SyntheticSource.Rule,
        TextSource.Rule,
    ];
}
