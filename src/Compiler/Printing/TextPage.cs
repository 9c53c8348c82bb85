using System.Text;

namespace ParDsl.Compiler.Printing;

/// <summary>Lines and titled tables, one below the other, on a page of so many columns.</summary>
/// <param name="width">Tables keep to it; lines of words are as long as they are.</param>
public sealed class TextPage(int width)
{
    private readonly StringBuilder text = new();

    public int Width => width;

    public void Line(string line = "") => text.Append(line).Append('\n');

    /// <summary>Lines that end with a line's end.</summary>
    public void Lines(string lines) => text.Append(lines);

    /// <summary>An empty line, the title, the table.</summary>
    public void Table(string title, string[] header, IEnumerable<string[]> rows)
    {
        Line();
        Line(title);
        Lines(TextTable.Of(header, [.. rows], width));
    }

    public override string ToString() => text.ToString();
}
