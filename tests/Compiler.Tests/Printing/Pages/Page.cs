using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace ParDsl.Compiler.Tests.Printing.Pages;

/// <summary>A page as its elements: it is XML too, or reading it fails.</summary>
internal sealed class Page
{
    private static readonly XNamespace Html = "http://www.w3.org/1999/xhtml";

    private readonly XDocument document;

    public Page(string text)
    {
        Text = text;
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        document = XDocument.Load(reader);
    }

    public string Text { get; }

    public ImmutableArray<XElement> All(string name) => [.. document.Descendants(Html + name)];

    public ImmutableArray<XElement> All(string name, string className) =>
        [.. All(name).Where(element => Classes(element).Contains(className))];

    public XElement Section(string id) => All("section").Single(section => (string?)section.Attribute("id") == id);

    public bool Has(string id) => All("section").Any(section => (string?)section.Attribute("id") == id);

    /// <summary>The rows below the header of the section's table with that caption, cell by cell.</summary>
    public ImmutableArray<string[]> Table(string section, string caption) =>
    [
        .. Section(section).Descendants(Html + "table")
            .Single(table => table.Element(Html + "caption")?.Value.StartsWith(caption, StringComparison.Ordinal) == true)
            .Element(Html + "tbody")!
            .Elements(Html + "tr")
            .Select(row => row.Elements().Select(cell => cell.Value).ToArray()),
    ];

    private static string[] Classes(XElement element) => ((string?)element.Attribute("class") ?? "").Split(' ');
}
