using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Accuracy;

/// <summary>All cases as a table in Markdown with what they come to, and their place in a document.</summary>
internal static class AccuracyTable
{
    private const string Start = "<!-- figures of ./accuracy -->";
    private const string End = "<!-- end of figures -->";
    private const double Mebibyte = 1 << 20;

    private static readonly ErrorSummary Times = new("time of an update", 0.25, each => each.TimeError);

    /// <summary>Of what takes less, what libtorch and .NET keep for themselves is a part.</summary>
    private const long LargeBytes = 8 << 20;

    private static readonly ErrorSummary Memory = new("peak memory", 0.1, each => each.MemoryError);

    private static readonly ErrorSummary LargeMemory = new(
        "peak memory of 8 MiB and more", 0.1, each => each.Measured.AllocatedBytes < LargeBytes ? null : each.MemoryError);

    public static string Of(ImmutableArray<ComparedCase> cases) => string.Join('\n',
    [
        Times.Of(cases),
        Memory.Of(cases),
        LargeMemory.Of(cases),
        AutoSummary.Of(cases),
        "",
        "| example | layout | predicted ms | measured ms | error | predicted MiB | allocated MiB | error | resident MiB |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        .. cases.Select(Row),
    ]);

    /// <summary>Puts the figures between the document's two marks.</summary>
    public static void WriteInto(string document, string figures)
    {
        var text = File.ReadAllText(document);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidOperationException($"{document} has no place for the figures");
        File.WriteAllText(document, $"{text[..(start + Start.Length)]}\n\n{figures}\n\n{text[end..]}");
    }

    private static string Row(ComparedCase each) =>
        $"| {each.Measured.Example} | {Layout(each)} | {Milliseconds(each.PredictedSeconds)} "
        + $"| {Milliseconds(each.Measured.StepSeconds)} | {Percent(each.TimeError)} | {Mebibytes(each.PredictedBytes)} "
        + $"| {Mebibytes(each.Measured.AllocatedBytes)} | {Percent(each.MemoryError)} | {Mebibytes(each.Measured.ResidentBytes)} |";

    private static string Layout(ComparedCase each) =>
        each.Measured.Layout == MeasuredLayouts.Auto ? $"auto: {each.Words}" : each.Measured.Layout;

    private static string Milliseconds(double? seconds) =>
        seconds is { } value ? (1000 * value).ToString("0.00", CultureInfo.InvariantCulture) : "-";

    private static string Mebibytes(long bytes) => (bytes / Mebibyte).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Percent(double? error) => error is { } value ? ErrorSummary.Percent(value) : "-";
}
