using System.Collections.Immutable;
using System.Globalization;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>
/// Rows of bars over time as SVG. Places are shares of the width, so the script zooms by widening the drawing and scrolls
/// to pan; labels and ticks say from which width on they fit.
/// </summary>
internal static class TimelineDrawing
{
    private const int RowHeight = 26;
    private const int BarHeight = 18;
    private const int LaneHeight = 6;
    private const int AxisHeight = 22;

    /// <summary>The width in pixels that level 0 has at least; each level doubles it.</summary>
    private const double FirstWidth = 640;
    private const int LastLevel = 9;

    /// <summary>Bars of a smaller share of the width have no edge, which would hide them.</summary>
    private const double ThinShare = 0.01;

    /// <summary>A digit's width on a bar, with the room beside it.</summary>
    private const double DigitPixels = 7;

    public static void Write(HtmlWriter html, string name, ImmutableArray<TimelineRow> rows, double length)
    {
        var heights = rows.Select(row => RowHeight + (row.HasBackground ? LaneHeight + 2 : 0)).ToArray();
        using var timeline = html.Within("div", ("class", "timeline"));
        Buttons(html, name);
        using (html.Within("div", ("class", "names")))
        {
            foreach (var (row, height) in rows.Zip(heights))
                html.Element("div", row.Name, ("style", $"height:{height}px"), ("title", row.Ranks));
        }

        using (html.Within("div", ("class", "view"), ("tabindex", "0"), ("role", "region"), ("aria-label", name)))
        using (html.Within("svg", ("class", "bars l0"), ("height", Number(heights.Sum() + AxisHeight)), ("role", "img"), ("aria-label", $"{name}: rows of bars over {Quantity.Seconds(length)}")))
        {
            TimeAxis(html, length, heights.Sum());
            var top = 0;
            foreach (var (row, height) in rows.Zip(heights))
            {
                using (html.Within("g", ("transform", $"translate(0,{top + 4})")))
                    Row(html, row, length);
                top += height;
            }
        }
    }

    private static void Buttons(HtmlWriter html, string name)
    {
        using var _ = html.Within("div", ("class", "buttons"), ("role", "group"), ("aria-label", $"zoom of {name}"));
        html.Element("button", "+", ("type", "button"), ("data-zoom", "2"), ("title", "zoom in"));
        html.Element("button", "\u2212", ("type", "button"), ("data-zoom", "0.5"), ("title", "zoom out"));
        html.Element("button", "fit", ("type", "button"), ("data-zoom", "0"), ("title", "show all"));
    }

    private static void Row(HtmlWriter html, TimelineRow row, double length)
    {
        foreach (var bar in row.Bars)
        {
            var (x, width) = (Quantity.Place(bar.Start / length), Quantity.Place(Math.Max(bar.Seconds / length, 1e-5)));
            var (y, height) = bar.IsBackground ? (BarHeight + 2, LaneHeight) : (0, BarHeight);
            var isOdd = bar.Label.Length > 0 && (bar.Label[^1] & 1) == 1;
            using (html.Within(
                "rect",
                ("class", bar.Color.Class() + (isOdd ? " odd" : "") + (bar.Seconds < ThinShare * length ? " thin" : "")),
                ("x", x),
                ("y", Number(y)),
                ("width", width),
                ("height", Number(height))))
            {
                html.Element("title", $"{bar.Words}: {Start(bar)} for {Quantity.Seconds(bar.Seconds)}");
            }

            if (bar.Label.Length > 0 && Level(bar.Label.Length * DigitPixels, bar.Seconds / length) is { } level)
                html.Element("text", bar.Label, ("class", level), ("x", Quantity.Place((bar.Start + bar.End) / 2 / length)), ("y", "13"));
        }

        html.Line();
    }

    private static string Start(TimelineBar bar) => bar.Start > 0 ? $"at {Quantity.Seconds(bar.Start)}" : "at the start";

    /// <summary>The class of what fits from a level's width on; null where none is wide enough.</summary>
    private static string? Level(double pixels, double share)
    {
        var level = Math.Max(0, (int)Math.Ceiling(Math.Log2(pixels / share / FirstWidth)));
        return level > LastLevel ? null : $"z{level}";
    }

    /// <summary>Ticks at round times; those between them come with the zoom.</summary>
    private static void TimeAxis(HtmlWriter html, double length, int bottom)
    {
        const int Finer = 8;
        var step = RoundStep.Of(length, 6);
        for (var tick = 0; tick * step / Finer <= length; tick++)
        {
            var level = tick % Finer == 0 ? 0 : Math.Min(3, 3 - int.TrailingZeroCount(tick));
            var (at, place) = (tick * step / Finer, Quantity.Place(tick * step / Finer / length));
            html.Empty("line", ("class", $"tick z{level}"), ("x1", place), ("x2", place), ("y1", "0"), ("y2", Number(bottom)));
            if (tick > 0 && at < length * 0.97)
                html.Element("text", Quantity.RoundSeconds(at, length), ("class", $"time z{level}"), ("x", place), ("y", Number(bottom + 16)));
        }

        html.Line();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
