using System.Collections.Immutable;

namespace ParDsl.Compiler.Comparing;

/// <summary>Compares what has a name and a text.</summary>
internal static class FactComparison
{
    /// <summary>In the first one's order; what only the second one has stands behind what it follows there.</summary>
    public static ImmutableArray<Difference> Of(
        IEnumerable<(string Name, string Text)> before, IEnumerable<(string Name, string Text)> after)
    {
        (string Name, string Text)[] first = [.. before];
        (string Name, string Text)[] second = [.. after];
        return
        [
            .. Names(first, second)
                .Select(name => new Difference(name, Find(first, name), Find(second, name)))
                .Where(found => found.Before != found.After),
        ];
    }

    private static List<string> Names((string Name, string Text)[] first, (string Name, string Text)[] second)
    {
        var names = first.Select(fact => fact.Name).ToList();
        var next = 0;
        foreach (var (name, _) in second)
        {
            if (!names.Contains(name))
                names.Insert(next, name);
            next = names.IndexOf(name) + 1;
        }

        return names;
    }

    private static string Find((string Name, string Text)[] facts, string name) =>
        facts.Where(fact => fact.Name == name).Select(fact => fact.Text).FirstOrDefault("");
}
