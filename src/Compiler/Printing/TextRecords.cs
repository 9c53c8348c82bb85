using System.Text;
using ParDsl.Printing;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A table that no page is wide enough for, as lists: a line for each cell, its title in front, an empty line between two
/// rows. A first column without a title heads its row's list. Empty cells are left out.
/// </summary>
internal static class TextRecords
{
    private const string Indent = "  ";

    public static string Of(string[] header, string[][] rows, int width)
    {
        var isHeaded = header[0].Length == 0;
        var indent = isHeaded ? Indent + Indent : Indent;
        var first = isHeaded ? 1 : 0;
        var titleWidth = header.Max(title => CharacterWidth.ofText(title));
        var records = rows.Select(row => string.Concat(
            (isHeaded && row[0].Length > 0 ? Lines("", row[0], 0, Indent, width) : [])
                .Concat(Enumerable.Range(first, header.Length - first)
                    .Where(column => row[column].Length > 0)
                    .SelectMany(column => Lines(header[column], row[column], titleWidth, indent, width)))
                .Select(line => line + "\n")));
        return string.Join('\n', records);
    }

    /// <summary>A title that leaves its cell no room stands above it.</summary>
    private static IEnumerable<string> Lines(string title, string cell, int titleWidth, string indent, int width)
    {
        if (titleWidth == 0)
            return Folded(indent, cell, width);
        if (titleWidth > (width - indent.Length) / 2)
            return [.. Folded(indent, title, width), .. Folded(indent + Indent, cell, width)];
        var filling = new string(' ', titleWidth - CharacterWidth.ofText(title) + Indent.Length);
        return TextFold.lines(width, indent.Length + titleWidth + Indent.Length, indent + title + filling + cell);
    }

    private static IEnumerable<string> Folded(string indent, string text, int width) =>
        TextFold.lines(width, indent.Length, indent + text);
}
