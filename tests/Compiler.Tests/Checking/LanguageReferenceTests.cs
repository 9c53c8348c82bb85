using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Layers;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>docs/language.md has a table row for every rule, and each of its arguments stands in it.</summary>
public sealed class LanguageReferenceTests
{
    public static TheoryData<string> Names => [.. Rules().Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_and_each_argument_is_documented(string name)
    {
        var text = File.ReadAllLines(Path.Combine(Golden.Root, "docs", "language.md"));
        foreach (var rule in Rules().Where(rule => rule.Name == name))
        {
            var rows = text.Where(line => line.StartsWith($"| `{name}`", StringComparison.Ordinal)).ToArray();
            Assert.True(rows.Length > 0 || name == "data", $"docs/language.md has no table row for `{name}`");
            var row = string.Join('\n', name == "data" ? text : rows);
            foreach (var argument in rule.Arguments)
                Assert.True(Mentions(row, argument.Name), $"the row of `{name}` does not name `{argument.Name}`");
        }
    }

    [Fact]
    public void Every_catalogue_is_sorted_by_name()
    {
        string[][] catalogues =
        [
            [.. LayerCatalogue.Rules.Select(rule => rule.Name)],
            [.. LossCatalogue.Rules.Select(rule => rule.Name)],
            [.. OptimizerCatalogue.Rules.Select(rule => rule.Name)],
            [.. ScheduleCatalogue.Rules.Select(rule => rule.Name)],
            [.. MetricCatalogue.Rules.Select(rule => rule.Name)],
            [.. SourceCatalogue.Rules.Select(rule => rule.Name)],
        ];
        Assert.All(catalogues, names => Assert.Equal(names.Order(StringComparer.Ordinal), names));
    }

    private static bool Mentions(string row, string argument) =>
        row.Contains($"*{argument}*", StringComparison.Ordinal)
        || row.Contains($"{argument}=", StringComparison.Ordinal)
        || row.Contains($", {argument} ", StringComparison.Ordinal);

    private static IEnumerable<IComponentRule> Rules() =>
    [
        .. LayerCatalogue.Rules,
        .. LossCatalogue.Rules,
        .. OptimizerCatalogue.Rules,
        .. ScheduleCatalogue.Rules,
        .. MetricCatalogue.Rules,
        .. SourceCatalogue.Rules,
        .. StatementCatalogue.Data,
        .. StatementCatalogue.Model,
        .. StatementCatalogue.Train,
        .. StatementCatalogue.Parallel,
    ];
}
