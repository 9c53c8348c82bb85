using System.Collections.Immutable;

namespace ParDsl.Compiler.Comparing;

/// <summary>Compares what has a name and a text.</summary>
internal static class FactComparison
{
    /// <summary>In the first one's order; what only the second one has comes last.</summary>
    public static ImmutableArray<Difference> Of(
        IEnumerable<(string Name, string Text)> before, IEnumerable<(string Name, string Text)> after)
    {
        (string Name, string Text)[] first = [.. before];
        (string Name, string Text)[] second = [.. after];
        return
        [
            .. first.Select(fact => fact.Name).Union(second.Select(fact => fact.Name))
                .Select(name => new Difference(name, Find(first, name), Find(second, name)))
                .Where(found => found.Before != found.After),
        ];
    }

    private static string Find((string Name, string Text)[] facts, string name) =>
        facts.Where(fact => fact.Name == name).Select(fact => fact.Text).FirstOrDefault("");
}
