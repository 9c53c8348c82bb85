using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Data;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>Which columns are the input and which the target, as positions.</summary>
internal sealed record CsvColumns(ImmutableArray<int> Inputs, ImmutableArray<int> Targets)
{
    /// <summary>
    /// Where the spec names none: the target is the last columns, as many as it has values, and the input all others.
    /// </summary>
    /// <exception cref="RunFailedException">A column is not there, is both, or none is left.</exception>
    public static CsvColumns Of(DatasetRequest request, CsvFile file)
    {
        var targets = request.TargetColumns.IsDefaultOrEmpty
            ? LastColumns(request, file)
            : ColumnSelection.Resolve(request.TargetColumns, file, request.TargetColumnsSpan);
        var inputs = request.InputColumns.IsDefaultOrEmpty
            ? [.. Enumerable.Range(0, file.Header.Count).Except(targets)]
            : ColumnSelection.Resolve(request.InputColumns, file, request.InputColumnsSpan);
        if (inputs.IsEmpty)
            throw new RunFailedException(
                CsvErrors.TooFewColumns(request.SourceSpan, file.Name, file.Header.Count, targets.Length));
        if (inputs.Intersect(targets).Cast<int?>().FirstOrDefault() is { } shared)
            throw new RunFailedException(CsvErrors.InputIsTarget(request.InputColumnsSpan, file.Header.Title(shared)));
        return new CsvColumns(inputs, targets);
    }

    private static ImmutableArray<int> LastColumns(DatasetRequest request, CsvFile file)
    {
        var count = request.Target is CheckedTarget.Values values ? values.Shape.ElementCount : 1;
        if (count >= file.Header.Count)
            throw new RunFailedException(CsvErrors.TooFewColumns(request.SourceSpan, file.Name, file.Header.Count, count));
        return [.. Enumerable.Range(file.Header.Count - (int)count, (int)count)];
    }
}
