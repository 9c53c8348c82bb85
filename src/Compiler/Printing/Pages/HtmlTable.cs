namespace ParDsl.Compiler.Printing.Pages;

/// <summary>A table with a caption and headers; what is a number in all rows stands at its right. A wide one scrolls by itself.</summary>
internal static class HtmlTable
{
    /// <summary>More rows than this are there to be opened.</summary>
    private const int MostOpen = 12;

    /// <summary>The same, and a long one is closed under its caption.</summary>
    public static void WriteFolded(HtmlWriter html, string caption, string[] header, IReadOnlyCollection<string[]> rows)
    {
        if (rows.Count <= MostOpen)
        {
            Write(html, caption, header, rows);
            return;
        }

        using var _ = html.Within("details");
        html.Element("summary", $"{caption}: {rows.Count} rows");
        Write(html, caption, header, rows);
    }

    public static void Write(HtmlWriter html, string caption, string[] header, IReadOnlyCollection<string[]> rows)
    {
        using var _ = html.Within("div", ("class", "wide"));
        using var table = html.Within("table");
        html.Element("caption", caption);
        var isNumeric = header.Select((_, column) => rows.All(row => IsNumber(row[column]))).ToArray();
        using (html.Within("thead"))
        using (html.Within("tr"))
        {
            foreach (var (column, title) in header.Index())
                html.Element("th", title, ("scope", "col"), Class(isNumeric[column]));
        }

        using var body = html.Within("tbody");
        foreach (var row in rows)
            Row(html, row, isNumeric);
        html.Line();
    }

    private static void Row(HtmlWriter html, string[] row, bool[] isNumeric)
    {
        html.Line();
        using var _ = html.Within("tr");
        foreach (var (column, cell) in row.Index())
        {
            if (column == 0)
                html.Element("th", cell, ("scope", "row"), Class(isNumeric[column]));
            else
                html.Element("td", cell, Class(isNumeric[column]));
        }
    }

    private static (string Name, string Value) Class(bool isNumeric) => ("class", isNumeric ? "number" : "words");

    /// <summary>Numbers with or without units: <c>12</c>, <c>1,024</c>, <c>+3.1 %</c>, <c>1.5 KiB</c>.</summary>
    private static bool IsNumber(string cell) => cell is "" or "-"
        || cell.Split(' ').Index().All(word => word.Index % 2 == 0 ? IsDigits(word.Item) : word.Item.All(letter => char.IsLetter(letter) || letter == '%'));

    private static bool IsDigits(string word) =>
        word.Any(char.IsAsciiDigit) && word.All(letter => char.IsAsciiDigit(letter) || letter is '.' or ',' or '+' or '-');
}
