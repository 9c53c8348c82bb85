using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The target statement: <c>target class 10</c>, <c>target [5]</c>. See <see cref="BoundData"/>.</summary>
internal sealed record BoundTarget(
    CheckedTarget? Stated,
    ImmutableArray<string> Columns,
    CallSyntax Call,
    SourceSpan Span);
