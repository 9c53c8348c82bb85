using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Catalogue.Statements;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;

namespace ParDsl.Compiler.Binding;

/// <summary>The language's own words for statements of a model.</summary>
internal static class ModelWords
{
    /// <summary>What a model may hold, sorted.</summary>
    public static readonly ImmutableArray<string> Statements =
    [
        .. LayerCatalogue.Rules.Select(rule => rule.Name)
            .Concat(CombinationCatalogue.Rules.Select(rule => rule.Name))
            .Concat(StatementCatalogue.Model.Select(rule => rule.Name))
            .Where(name => name != BranchStatement.Rule.Name)
            .Order(StringComparer.Ordinal),
    ];

    private static readonly string[] Keywords = ["let", "def", "import", BranchStatement.Rule.Name];

    /// <summary>Whether no <c>def</c> may have the name: a statement's or a block's.</summary>
    public static bool IsReserved(string name) =>
        Statements.Contains(name)
        || Keywords.Contains(name)
        || ProgramReader.BlockNames.Contains(name);
}
