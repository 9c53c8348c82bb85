using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Data;

/// <summary>
/// What the data block says of the files, bound before any is opened: the readers answer it with a
/// <see cref="DatasetDescription"/>.
/// </summary>
/// <param name="Source">csv, idx, synthetic, synthetic_text or text, with every default filled in; paths as written.</param>
/// <param name="SourceSpan">What a diagnostic about the files underlines: the path, or else the source statement.</param>
/// <param name="InputColumns">
/// Names, positions from 0, or ranges <c>a..b</c> of the columns that are the input; empty: all but the target's.
/// </param>
/// <param name="InputColumnsSpan">The place of the input's columns, or of the source.</param>
/// <param name="TargetColumns">The same for the target; empty: the last column.</param>
/// <param name="TargetColumnsSpan">The place of the target's columns, or of the source.</param>
/// <param name="StatedInput">The input's shape where the spec states it.</param>
/// <param name="Target">Classes or values, as the spec states it.</param>
public sealed record DatasetRequest(
    CheckedComponent Source,
    SourceSpan SourceSpan,
    ImmutableArray<string> InputColumns,
    SourceSpan InputColumnsSpan,
    ImmutableArray<string> TargetColumns,
    SourceSpan TargetColumnsSpan,
    Shape? StatedInput,
    CheckedTarget? Target);
