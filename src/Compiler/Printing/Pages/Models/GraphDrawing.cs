using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Compiler.Printing.Pages.Models;

/// <summary>
/// The values' ways beside a stage's rows of layers, as SVG: the rows are a table of a fixed pitch, and the ways meet their
/// middles.
/// </summary>
internal static class GraphDrawing
{
    /// <summary>From one row's middle to the next one's; the style sheet has the same.</summary>
    public const int Pitch = 34;

    /// <summary>The table's header above the first row, with half a row.</summary>
    private const int FirstMiddle = 47;
    private const int LaneWidth = 11;
    private const int Bend = 9;

    public static int Width(ImmutableArray<GraphEdge> edges) => 16 + (LaneWidth * edges.Select(edge => edge.Lane).Append(0).Max());

    public static void Write(HtmlWriter html, ImmutableArray<ModelRow> rows, ImmutableArray<GraphEdge> edges, bool feedsOthers)
    {
        var (width, height) = (Width(edges), Middle(rows.Length - 1) + (Pitch / 2));
        using var svg = html.Within(
            "svg", ("class", "edges"), ("width", Number(width)), ("height", Number(height)), ("aria-hidden", "true"));
        var trunk = width - 8;
        foreach (var edge in edges)
            html.Empty("path", ("class", edge.Lane == 0 ? "next" : "skip"), ("d", Way(edge, trunk)));
        if (feedsOthers)
            html.Empty("path", ("class", "next"), ("d", $"M{trunk} {Middle(rows.Length - 1)}V{height}"));
        foreach (var (place, row) in rows.Index())
        {
            if (!row.IsHead)
                html.Empty("circle", ("cx", Number(trunk)), ("cy", Number(Middle(place))), ("r", "3"));
        }
    }

    private static string Way(GraphEdge edge, int trunk)
    {
        var (from, to) = (edge.From < 0 ? FirstMiddle - (Pitch / 2) - 4 : Middle(edge.From), Middle(edge.To));
        if (edge.Lane == 0)
            return $"M{trunk} {from}V{to}";
        var lane = trunk - (edge.Lane * LaneWidth);
        return edge.From < 0
            ? $"M{lane} {from}V{to - Bend}Q{lane} {to} {trunk} {to}"
            : $"M{trunk} {from}Q{lane} {from} {lane} {from + Bend}V{to - Bend}Q{lane} {to} {trunk} {to}";
    }

    private static int Middle(int row) => FirstMiddle + (row * Pitch);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
