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
        SyntheticTextSource.Rule,
        TextSource.Rule,
    ];

    /// <summary>Whether it gives tokens, each the target of those before it: then the spec states no input and no target.</summary>
    public static bool IsText(string? kind) => kind == TextSource.Rule.Name || kind == SyntheticTextSource.Rule.Name;
}
