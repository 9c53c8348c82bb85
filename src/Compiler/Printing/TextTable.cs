using System.Text;

namespace ParDsl.Compiler.Printing;

/// <summary>Columns of text under a header, two spaces apart and indented by two; what starts with a digit is aligned right.</summary>
internal static class TextTable
{
    public static string Of(string[] header, string[][] rows)
    {
        var widths = header.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max()).ToArray();
        var isNumeric = header.Select((_, column) => rows.Length > 0 && rows.All(row => char.IsAsciiDigit(row[column][0]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows.Prepend(header))
        {
            var cells = row.Select((cell, column) => isNumeric[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            text.Append("  ").Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }
}
