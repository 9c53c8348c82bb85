using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;
using ParDsl.Source;
using ParDsl.Syntax;

namespace ParDsl.Compiler.Binding;

/// <summary>The data block with every default filled in, before the files are known.</summary>
/// <param name="StatedInput">Null where the spec leaves the shape to the files.</param>
/// <param name="StatedTarget">Null where the spec leaves the target's shape to the files.</param>
/// <param name="InputSpan">What diagnostics about the input's shape underline.</param>
/// <param name="TargetSpan">What diagnostics about the target underline: <c>[5]</c>, <c>class 10</c>.</param>
internal sealed record BoundData(
    BoundComponent<IComponentRule> Source,
    SourceSpan SourceSpan,
    CheckedArguments Input,
    Shape? StatedInput,
    SourceSpan InputSpan,
    SourceSpan InputColumnsSpan,
    CheckedTarget? StatedTarget,
    CallSyntax TargetCall,
    SourceSpan TargetSpan,
    ImmutableArray<string> TargetColumns,
    SourceSpan TargetColumnsSpan,
    double ValidationFraction)
{
    public DatasetRequest Request => new(
        Source.Component,
        SourceSpan,
        Input.Texts("columns"),
        InputColumnsSpan,
        TargetColumns,
        TargetColumnsSpan,
        StatedInput,
        StatedTarget);
}
