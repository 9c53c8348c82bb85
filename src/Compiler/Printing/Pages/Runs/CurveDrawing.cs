using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>
/// A curve as a chart: the lines in an SVG that stretches to the room there is, the axes' numbers around it as text that
/// does not.
/// </summary>
internal static class CurveDrawing
{
    private const int MostPoints = 800;
    private const int MostDots = 60;

    /// <summary>The drawing's own units in each direction.</summary>
    private const double Units = 1000;

    public static void Write(HtmlWriter html, Curve curve)
    {
        var points = curve.Lines.SelectMany(line => line.Points).ToArray();
        var frame = CurveFrame.Around(points);
        using var figure = html.Within("figure", ("class", curve.Lines.Count(line => !line.Points.IsEmpty) == 1 ? "chart single" : "chart"));
        using (html.Within("figcaption"))
        {
            html.Element("strong", curve.Title);
            foreach (var line in curve.Lines.Where(line => !line.Points.IsEmpty))
            {
                using (html.Within("span", ("class", $"key {Class(line.Kind)}")))
                    html.Text(line.Name);
            }
        }

        using (html.Within("div", ("class", "plot")))
        {
            Values(html, frame);
            using var svg = html.Within(
                "svg",
                ("viewBox", "0 0 1000 1000"),
                ("preserveAspectRatio", "none"),
                ("role", "img"),
                ("aria-label", $"{curve.Title}: from {Quantity.Digits(points.Min(point => point.Value))} to {Quantity.Digits(points.Max(point => point.Value))}"));
            foreach (var value in frame.Values)
                html.Empty("path", ("class", "grid"), ("d", $"M0 {Unit(frame.Y(value))}H1000"));
            foreach (var line in curve.Lines)
                Line(html, frame, line);
        }

        using (html.Within("div", ("class", "updates")))
        {
            foreach (var update in frame.Updates)
                html.Element("span", Quantity.Short(update), ("style", $"left:{Quantity.Place(frame.X(update))}"));
        }

        html.Line();
    }

    private static void Values(HtmlWriter html, CurveFrame frame)
    {
        using var _ = html.Within("div", ("class", "values"));
        foreach (var value in frame.Values)
            html.Element("span", Quantity.Tick(value), ("style", $"top:{Quantity.Place(frame.Y(value))}"));
    }

    private static void Line(HtmlWriter html, CurveFrame frame, CurveLine line)
    {
        var points = CurveThinning.Of(line.Points, MostPoints);
        var way = new StringBuilder();
        foreach (var point in points)
            way.Append(way.Length == 0 ? 'M' : 'L').Append(Unit(frame.X(point.Update))).Append(' ').Append(Unit(frame.Y(point.Value)));
        if (points.Length > 1)
            html.Empty("path", ("class", Class(line.Kind)), ("d", way.ToString()));
        if (points.Length == 1 || (line.Kind != CurveKind.Updates && points.Length <= MostDots))
            Dots(html, frame, line.Name, points, Class(line.Kind));
    }

    /// <summary>A way of no length with round ends is a dot, whatever the drawing is stretched to.</summary>
    private static void Dots(HtmlWriter html, CurveFrame frame, string name, ImmutableArray<CurvePoint> points, string color)
    {
        foreach (var point in points)
        {
            using (html.Within("path", ("class", $"dot {color}"), ("d", $"M{Unit(frame.X(point.Update))} {Unit(frame.Y(point.Value))}h0")))
                html.Element("title", $"{name} after update {point.Update}: {Quantity.Digits(point.Value)}");
        }
    }

    private static string Class(CurveKind kind) => kind switch
    {
        CurveKind.Updates => "each",
        CurveKind.Training => "training",
        CurveKind.Validation => "validation",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Unit(double share) => (share * Units).ToString("0.#", CultureInfo.InvariantCulture);
}
