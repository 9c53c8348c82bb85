using System.Collections.Immutable;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>
/// Takes the findings of one stage in any order, gives them in source order, each once. What stands in another file (the
/// words of <c>--set</c>) comes after the program's own.
/// </summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> found = [];
    private readonly HashSet<(string Code, string Path, int Start, string Message)> told = [];

    public bool HasErrors => found.Any(diagnostic => diagnostic.Severity == Severity.Error);

    public int Count => found.Count;

    public void Add(Diagnostic diagnostic)
    {
        if (told.Add((diagnostic.Code, diagnostic.Span.File.Path, diagnostic.Span.Start, diagnostic.Message)))
            found.Add(diagnostic);
    }

    /// <summary>Adds the diagnostic and gives null: the value of what was mistaken.</summary>
    public T? Refuse<T>(Diagnostic diagnostic)
        where T : class
    {
        Add(diagnostic);
        return null;
    }

    public ImmutableArray<Diagnostic> InOrder(string mainFile) =>
    [
        .. found.OrderBy(diagnostic => diagnostic.Span.File.Path == mainFile ? 0 : 1)
            .ThenBy(diagnostic => diagnostic.Span.File.Path, StringComparer.Ordinal)
            .ThenBy(diagnostic => diagnostic.Span.Start),
    ];
}
