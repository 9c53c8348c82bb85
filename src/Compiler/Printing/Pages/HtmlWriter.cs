using System.Globalization;
using System.Text;

namespace ParDsl.Compiler.Printing.Pages;

/// <summary>
/// Writes HTML that is XML too: every element is closed, and what stands in text or attributes is escaped, whoever wrote it.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new("<!DOCTYPE html>\n");
    private readonly Stack<string> open = new();

    /// <summary>Opens an element until what comes back is disposed of.</summary>
    public Closing Within(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        text.Append('>');
        open.Push(name);
        return new Closing(this);
    }

    /// <summary>An element that holds only text.</summary>
    public void Element(string name, string content, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        using (Within(name, attributes))
            Text(content);
    }

    /// <summary>A paragraph in which what stands between backticks is code.</summary>
    public void Paragraph(string content, string className = "")
    {
        using var _ = Within("p", className.Length == 0 ? [] : [("class", className)]);
        foreach (var (place, part) in content.Split('`').Index())
        {
            if (place % 2 == 1)
                Element("code", part);
            else
                Text(part);
        }
    }

    /// <summary>An element that holds nothing, such as <c>meta</c> or <c>rect</c>.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Start(name, attributes);
        text.Append("/>");
    }

    public void Text(string content) => Escape(content);

    /// <summary>A style or a script of our own, as it is; a program that reads XML skips over its signs.</summary>
    public void Verbatim(string name, string content)
    {
        text.Append('<').Append(name).Append(">/*<![CDATA[*/\n").Append(content).Append("\n/*]]>*/</").Append(name).Append('>');
    }

    public void Line() => text.Append('\n');

    public override string ToString() => text.ToString();

    private void Start(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            text.Append(' ').Append(attribute).Append("=\"");
            Escape(value);
            text.Append('"');
        }
    }

    private void Close() => text.Append("</").Append(open.Pop()).Append('>');

    private void Escape(string content)
    {
        foreach (var rune in content.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '&': text.Append("&amp;"); break;
                case '"': text.Append("&quot;"); break;
                default: text.Append(IsPrintable(rune) ? rune.ToString() : "\uFFFD"); break;
            }
        }
    }

    /// <summary>XML has no room for most control characters.</summary>
    private static bool IsPrintable(Rune rune) =>
        rune.Value is '\n' or '\t' || (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control && rune.Value is not (0xFFFE or 0xFFFF));

    /// <summary>An element that is still open.</summary>
    internal readonly struct Closing(HtmlWriter html) : IDisposable
    {
        public void Dispose() => html.Close();
    }
}
