using ParDsl.Compiler.Catalogue;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// A layout in one word of the command line comes in, <c>data=2,pipeline=2,schedule=gpipe</c>; the block that it stands for
/// goes out: <c>parallel { data 2; pipeline 2 schedule=gpipe }</c>. What is wrong in it stays wrong: the parser and the
/// checker say it as they do of a file.
/// </summary>
public static class LayoutWords
{
    private const string Auto = "auto";

    public static string Block(string words) => words.Trim() == Auto
        ? $"parallel {Auto}"
        : $"parallel {{ {string.Join("; ", Statements(words).Select(statement => statement.Text))} }}";

    private static List<Statement> Statements(string words)
    {
        var statements = new List<Statement>();
        foreach (var part in Parts(words))
        {
            var (name, value) = part.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals
                ? (part[..equals].Trim(), part[(equals + 1)..].Trim())
                : (part, "");
            if (OwnerOf(name, statements) is { } owner)
                owner.Text += $" {name}={value}";
            else
                statements.Add(new Statement(name) { Text = $"{name} {value}".TrimEnd() });
        }

        return statements;
    }

    /// <summary>The statement that has an argument of this name: the last one written, else a new one. Null for a statement.</summary>
    private static Statement? OwnerOf(string name, List<Statement> statements)
    {
        var rules = StatementCatalogue.Parallel;
        if (rules.Any(rule => rule.Name == name))
            return null;
        if (statements.LastOrDefault(written => rules.Any(rule => rule.Name == written.Name && Takes(rule, name))) is { } last)
            return last;
        if (rules.FirstOrDefault(rule => Takes(rule, name)) is not { } other)
            return null;
        statements.Add(new Statement(other.Name) { Text = other.Name });
        return statements[^1];
    }

    private static bool Takes(IComponentRule rule, string name) =>
        rule.Arguments.Any(argument => argument.Name == name && !argument.IsPositional);

    /// <summary>What stands between commas, where those within brackets do not count: <c>at=[fc1,fc2]</c> is one part.</summary>
    private static IEnumerable<string> Parts(string words)
    {
        var (start, depth) = (0, 0);
        for (var place = 0; place <= words.Length; place++)
        {
            if (place < words.Length && words[place] is ('[' or '('))
                depth++;
            else if (place < words.Length && words[place] is (']' or ')'))
                depth--;
            if (place < words.Length && (words[place] != ',' || depth > 0))
                continue;
            if (words[start..place].Trim() is { Length: > 0 } part)
                yield return part;
            start = place + 1;
        }
    }

    private sealed class Statement(string name)
    {
        public string Name { get; } = name;

        public required string Text { get; set; }
    }
}
