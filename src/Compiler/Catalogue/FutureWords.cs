using System.Collections.Immutable;

namespace ParDsl.Compiler.Catalogue;

/// <summary>Words of the language that have no meaning yet: they are refused as "not there yet", not as misspelt.</summary>
internal static class FutureWords
{
    /// <summary>Statements, by the block they will stand in.</summary>
    public static readonly ImmutableDictionary<string, ImmutableArray<string>> Statements =
        new Dictionary<string, ImmutableArray<string>>
        {
            ["model"] = [],
            ["train"] = [],
            ["parallel"] = [],
            ["data"] = [],
        }.ToImmutableDictionary(StringComparer.Ordinal);
}
