using System.Collections.Immutable;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// The columns that a spec writes become positions: names, positions from 0, and ranges with both ends, in the order
/// written.
/// </summary>
internal static class ColumnSelection
{
    private const string RangeSign = "..";

    /// <exception cref="RunFailedException">A column is not there, its name is that of several, or a range runs backwards.</exception>
    public static ImmutableArray<int> Resolve(ImmutableArray<string> columns, CsvFile file, SourceSpan span) =>
        [.. columns.SelectMany(column => One(column, file, span))];

    private static IEnumerable<int> One(string column, CsvFile file, SourceSpan span)
    {
        // A name may hold two dots: only what is no name can be a range.
        var sign = column.IndexOf(RangeSign, StringComparison.Ordinal);
        if (sign < 0 || file.Header.Find(column) is not null)
            return [Position(column, file, span)];
        var first = Position(column[..sign].Trim(), file, span);
        var last = Position(column[(sign + RangeSign.Length)..].Trim(), file, span);
        if (last < first)
            throw new RunFailedException(CsvErrors.BackwardRange(span, column, first, last));
        return Enumerable.Range(first, last - first + 1);
    }

    private static int Position(string column, CsvFile file, SourceSpan span)
    {
        var named = file.Header.All(column);
        if (named.Length > 1)
            throw new RunFailedException(CsvErrors.NameOfSeveralColumns(span, column, file.Name, named));
        return file.Header.Find(column)
            ?? throw new RunFailedException(CsvErrors.UnknownColumn(span, column, file.Name, file.Header));
    }
}
