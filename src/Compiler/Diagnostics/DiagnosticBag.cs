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

    /// <summary>The uses of <c>def</c>s, the outermost first, in which what is found now stands.</summary>
    public ImmutableArray<RelatedSpan> Uses { get; private set; } = [];

    public bool HasErrors => found.Any(diagnostic => diagnostic.Severity == Severity.Error);

    public int Count => found.Count;

    /// <summary>A finding about what stands in these uses, though they are behind us.</summary>
    public void Add(Diagnostic diagnostic, ImmutableArray<RelatedSpan> uses) => Within(uses, () =>
    {
        Add(diagnostic);
        return true;
    });

    public void Add(Diagnostic diagnostic)
    {
        if (told.Add((diagnostic.Code, diagnostic.Span.File.Path, diagnostic.Span.Start, diagnostic.Message)))
            found.Add(WithUses(diagnostic));
    }

    /// <summary>Whatever the work finds shows these places too.</summary>
    public T Within<T>(ImmutableArray<RelatedSpan> uses, Func<T> work)
    {
        var around = Uses;
        Uses = [.. around, .. uses];
        var result = work();
        Uses = around;
        return result;
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

    private Diagnostic WithUses(Diagnostic diagnostic) => Uses.IsEmpty
        ? diagnostic
        : new Diagnostic(
            diagnostic.Code,
            diagnostic.Severity,
            diagnostic.Span,
            diagnostic.Label,
            diagnostic.Message,
            diagnostic.Help,
            [.. diagnostic.Related, .. Uses]);
}
