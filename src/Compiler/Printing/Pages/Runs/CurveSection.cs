using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>A run's curves, each a chart of its own, and the epochs in numbers.</summary>
internal static class CurveSection
{
    private const int MostEpochs = 100;

    public static void Write(HtmlWriter html, MeasuredRun run)
    {
        var curves = run.Curves.Where(curve => curve.Lines.Any(line => !line.Points.IsEmpty)).ToImmutableArray();
        if (curves.IsEmpty)
            return;
        using (html.Within("section", ("id", "curves")))
        {
            html.Element("h2", "Curves");
            using (html.Within("div", ("class", "charts")))
            {
                foreach (var curve in curves)
                    CurveDrawing.Write(html, curve);
            }

            Epochs(html, curves);
        }

        html.Line();
    }

    /// <summary>What the epochs ended with, in a table: the last ones where they are many.</summary>
    private static void Epochs(HtmlWriter html, ImmutableArray<Curve> curves)
    {
        (string Title, ImmutableArray<CurvePoint> Points)[] columns =
        [
            .. from curve in curves
               from line in curve.Lines
               where line.Kind != CurveKind.Updates && !line.Points.IsEmpty
               select ($"{curve.Title}, {line.Name}", line.Points),
        ];
        var updates = columns.SelectMany(column => column.Points).Select(point => point.Update).Distinct().Order().ToArray();
        if (updates.Length == 0)
            return;
        var shown = updates.TakeLast(MostEpochs).ToArray();
        HtmlTable.WriteFolded(
            html,
            shown.Length < updates.Length ? $"The last {shown.Length} of {updates.Length} epochs" : "Epochs",
            ["after update", .. columns.Select(column => column.Title)],
            [.. shown.Select(update => (string[])[Quantity.Count(update), .. columns.Select(column => Cell(column.Points, update))])]);
    }

    private static string Cell(ImmutableArray<CurvePoint> points, long update)
    {
        var place = points.BinarySearch(new CurvePoint(update, 0), Comparer<CurvePoint>.Create((a, b) => a.Update.CompareTo(b.Update)));
        return place < 0 ? "-" : points[place].Value.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture);
    }
}
