using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Csv;

/// <summary>
/// What can be wrong with a CSV file or with the columns asked of it: PD5008 to PD5011 and PD5015 to PD5020. One
/// function a mistake.
/// </summary>
internal static class CsvErrors
{
    public static Diagnostic UnknownColumn(SourceSpan span, string column, string file, CsvHeader header)
    {
        var near = Suggestion.nearest(header.Names, column);
        return DataErrors.Error(
            "PD5008",
            span,
            near.Count > 0 ? $"did you mean `{near[0]}`?" : "no such column",
            $"`{file}` has no column `{column}`; it has {header.Describe()}",
            near.Count > 0 ? $"columns=[\"{near[0]}\"]" : $"columns=[\"0..{Number(header.Count - 1)}\"]");
    }

    public static Diagnostic NameOfSeveralColumns(SourceSpan span, string column, string file, ImmutableArray<int> positions) =>
        DataErrors.Error(
            "PD5020",
            span,
            "which of them?",
            $"`{file}` has {Count(positions.Length, "column")} named `{column}`, at the positions "
                + $"{string.Join(", ", positions.SkipLast(1).Select(position => Number(position)))} and {Number(positions[^1])}, "
                + "and one was expected",
            $"write the position: columns=[{Number(positions[0])}]");

    public static Diagnostic BackwardRange(SourceSpan span, string range, int first, int last) => DataErrors.Error(
        "PD5019",
        span,
        "runs backwards",
        $"the range `{range}` runs backwards: it starts at column {Number(first)} and ends at column {Number(last)}",
        $"columns=[\"{Number(last)}..{Number(first)}\"]");

    public static Diagnostic Ragged(SourceSpan span, CellMistakes found, int expected) => DataErrors.Error(
        "PD5009",
        span,
        "lines of different lengths",
        $"{found.Where} where the first line has {Number(expected)}{found.AndMore("line")}",
        "give every line as many values; a value with the delimiter in it stands in double quotes");

    public static Diagnostic NotANumber(SourceSpan span, CellMistakes found) => DataErrors.Error(
        "PD5010",
        span,
        "not all numbers",
        $"{found.Where}, and a finite number was expected{found.AndMore("cell")}",
        "mend or remove those lines, or leave the column out: `columns=[...]`");

    public static Diagnostic NotAClass(SourceSpan span, CellMistakes found, long classes) => DataErrors.Error(
        "PD5011",
        span,
        "not all classes",
        $"{found.Where}, and a class was expected, a whole number from 0 to {Number(classes - 1)}{found.AndMore("cell")}",
        "number the classes from 0, or write the right count: `target class N`");

    public static Diagnostic TooFewColumns(SourceSpan span, string file, int columns, long targets) => DataErrors.Error(
        "PD5015",
        span,
        "no column is left for the input",
        $"`{file}` has {Count(columns, "column")}, the target takes {Number(targets)}, and none is left for the input",
        "check `delimiter=` and `target`");

    public static Diagnostic InputIsTarget(SourceSpan span, string column) => DataErrors.Error(
        "PD5016",
        span,
        "both input and target",
        $"column {column} is both input and target: the model would be given its answer",
        "leave it out of one: `columns=[...]` in `input` and `target`");

    public static Diagnostic NotText(SourceSpan span, string file, long line) => DataErrors.Error(
        "PD5017",
        span,
        "not a text",
        $"`{file}:{Number(line)}` holds bytes that are no text",
        "csv reads text files, and text compressed with gzip");

    public static Diagnostic LineTooLong(SourceSpan span, string file, long line) => DataErrors.Error(
        "PD5017",
        span,
        "not lines of values",
        $"`{file}:{Number(line)}` starts a line of more than {Number(CsvFile.LongestRecord >> 20)} MiB, "
            + "or a quote that nothing closes",
        "check that a sample stands on each line, and that every quote is closed");

    public static Diagnostic BadQuotes(SourceSpan span, string file, long line) => DataErrors.Error(
        "PD5017",
        span,
        "quotes that do not match",
        $"`{file}:{Number(line)}` has a double quote that nothing closes, or one inside a value",
        "a value with quotes in it is written \"like \"\"this\"\"\"");

    public static Diagnostic BadDelimiter(SourceSpan span, string delimiter) => DataErrors.Error(
        "PD5018",
        span,
        "not one character",
        $"the delimiter `{delimiter}` was found where one character was expected, which is no letter, digit, quote or line end",
        "delimiter=\";\"");

    internal static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
