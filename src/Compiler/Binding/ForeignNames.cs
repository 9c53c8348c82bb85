using ParDsl.Compiler.Diagnostics;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>
/// The names that a program's <c>def</c>s and <c>import</c>s make. Both are refused where they stand; their uses add no
/// second error.
/// </summary>
internal sealed record ForeignNames(IReadOnlySet<string> Definitions, bool HasImports)
{
    public static ForeignNames Of(IReadOnlyList<StatementSyntax> statements)
    {
        var names = statements.Select(statement => statement.Match<string?>(
            call: _ => null,
            binding: _ => null,
            definition: definition => definition.Name.Text,
            import: _ => null));
        var hasImports = statements.Any(statement => statement.Match(
            call: _ => false,
            binding: _ => false,
            definition: _ => false,
            import: _ => true));
        return new ForeignNames(names.OfType<string>().ToHashSet(StringComparer.Ordinal), hasImports);
    }

    /// <summary>Whether a layer of that name is defined here or, as it is like no known one, in an imported file.</summary>
    public bool Explain(string name, IEnumerable<string> known) =>
        Definitions.Contains(name) || (HasImports && Spelling.Nearest(name, known) is null);
}
