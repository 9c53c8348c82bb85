using System.Text;

namespace ParDsl.Compiler.Printing;

/// <summary>Columns of text under a header, two spaces apart and indented by two; numbers are aligned right.</summary>
internal static class TextTable
{
    public static string Of(string[] header, string[][] rows)
    {
        var widths = header
            .Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())
            .ToArray();
        var isNumeric = header.Select((_, column) => rows.Length > 0 && rows.All(row => IsNumber(row[column]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            var cells = row.Select(
                (cell, column) => isNumeric[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append("  ").Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A number, a range or bytes with their unit: <c>12</c>, <c>0..107</c>, <c>1.5 KiB</c>.</summary>
    private static bool IsNumber(string cell) =>
        cell.Split(' ')[0].All(letter => char.IsAsciiDigit(letter) || letter is '.' or ',');
}
