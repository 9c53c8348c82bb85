using System.Text;
using ParDsl.Printing;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// Columns of text under a header, two spaces apart and indented by two; numbers are aligned right. Where that is wider than
/// the page, words are folded within their columns, and where that is not enough, each row becomes a list.
/// </summary>
public static class TextTable
{
    private const string Indent = "  ";
    private const string Gap = "  ";

    /// <summary>Words folded into less are hard to read, and no shape of a tensor is torn apart.</summary>
    private const int FewestColumns = 16;

    /// <param name="header">A title for each column.</param>
    /// <param name="rows">A cell for each column.</param>
    /// <param name="width">The page's columns; <see cref="TextFold.Unbounded"/> for a file.</param>
    /// <param name="leftCount">So many of the first columns are names, aligned left whatever they look like.</param>
    public static string Of(string[] header, string[][] rows, int width = TextFold.Unbounded, int leftCount = 0)
    {
        var isNumeric = header.Select((_, column) => column >= leftCount && rows.All(row => IsNumber(row[column])) && rows.Length > 0).ToArray();
        var widths = Fit(header, rows, isNumeric, width - Indent.Length - Gap.Length * (header.Length - 1));
        if (widths is null)
            return TextRecords.Of(header, rows, width);
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
            Append(text, row, widths, isNumeric, isHeader: row == header);
        return text.ToString();
    }

    /// <summary>Each column's width so that all fit, or null where they cannot.</summary>
    private static int[]? Fit(string[] header, string[][] rows, bool[] isNumeric, int room)
    {
        var all = rows.Prepend(header);
        var widths = header.Select((_, column) => all.Max(row => CharacterWidth.ofText(row[column]))).ToArray();
        var least = header.Select((title, column) => Math.Max(
            LongestWord(title),
            rows.Select(row => isNumeric[column] ? CharacterWidth.ofText(row[column]) : Least(row[column])).DefaultIfEmpty().Max())).ToArray();
        if (least.Sum() > room)
            return null;
        while (widths.Sum() > room)
            widths[Widest(widths, least)]--;
        return widths;
    }

    private static int Widest(int[] widths, int[] least) =>
        Enumerable.Range(0, widths.Length).Where(column => widths[column] > least[column]).MaxBy(column => widths[column]);

    private static int Least(string cell) => Math.Max(LongestWord(cell), Math.Min(FewestColumns, CharacterWidth.ofText(cell)));

    private static int LongestWord(string text) => text.Split(' ').Max(word => CharacterWidth.ofText(word));

    private static void Append(StringBuilder text, string[] row, int[] widths, bool[] isNumeric, bool isHeader)
    {
        var cells = row.Select((cell, column) => TextFold.lines(widths[column], 0, cell)).ToArray();
        var height = cells.Max(lines => lines.Count);
        for (var line = 0; line < height; line++)
        {
            // Titles stand on what they are about.
            var parts = cells.Select((lines, column) => Aligned(
                lines.ElementAtOrDefault(isHeader ? line - height + lines.Count : line) ?? "", widths[column], isNumeric[column]));
            text.Append(Indent).Append(string.Join(Gap, parts).TrimEnd()).Append('\n');
        }
    }

    private static string Aligned(string cell, int width, bool isNumeric)
    {
        var filling = new string(' ', Math.Max(0, width - CharacterWidth.ofText(cell)));
        return isNumeric ? filling + cell : cell + filling;
    }

    /// <summary>A number, a range or bytes with their unit: <c>12</c>, <c>0..107</c>, <c>1.5 KiB</c>.</summary>
    private static bool IsNumber(string cell) =>
        cell.Split(' ')[0].All(letter => char.IsAsciiDigit(letter) || letter is '.' or ',');
}
