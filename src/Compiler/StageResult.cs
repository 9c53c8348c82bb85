using System.Collections.Immutable;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler;

/// <summary>What a stage gives: its result, or null where there are errors; and every diagnostic, in source order.</summary>
public sealed record StageResult<T>(T? Value, ImmutableArray<Diagnostic> Diagnostics)
    where T : class
{
    public bool HasErrors => Diagnostics.Any(diagnostic => diagnostic.Severity == Severity.Error);
}
