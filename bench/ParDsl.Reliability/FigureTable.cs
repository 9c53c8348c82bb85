using System.Globalization;

namespace ParDsl.Reliability;

/// <summary>The figures as a table in Markdown, and their place in a document.</summary>
internal static class FigureTable
{
    private const string Start = "<!-- figures of ./reliability -->";
    private const string End = "<!-- end of figures -->";

    public static string Of(IEnumerable<(KillCase Case, Tally Tally)> results) => string.Join('\n',
    [
        "| run | kills | before the first checkpoint | within a write | resumed | damaged checkpoints | ends | with the same bits | each step logged once |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        .. results.Select(result => Row(result.Case.Name, result.Tally)),
    ]);

    /// <summary>Puts the table between the document's two marks.</summary>
    public static void WriteInto(string document, string table)
    {
        var text = File.ReadAllText(document);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (start < 0 || end < start)
            throw new InvalidOperationException($"{document} has no place for the figures");
        File.WriteAllText(document, $"{text[..(start + Start.Length)]}\n\n{table}\n\n{text[end..]}");
    }

    private static string Row(string name, Tally tally)
    {
        int[] figures =
        [
            tally.Kills, tally.BeforeFirst, tally.CutWrites, tally.Resumes, tally.Damaged, tally.Ends, tally.SameBits, tally.WholeMetrics,
        ];
        return $"| {name} | {string.Join(" | ", figures.Select(figure => figure.ToString(CultureInfo.InvariantCulture)))} |";
    }
}
