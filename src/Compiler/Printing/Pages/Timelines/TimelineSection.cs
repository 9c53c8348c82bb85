using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages.Runs;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>
/// An update over time, as predicted, and as measured where there was a run: both to one scale. Where nothing predicts it,
/// the page says what would.
/// </summary>
internal static class TimelineSection
{
    private const string NoSpeed =
        "How long an update takes is not known here: nothing says how fast this hardware is. `pardsl devices --calibrate` "
            + "measures this machine, and `pardsl plan FILE --on NAME` plans for hardware whose speed is known.";

    public static void Write(HtmlWriter html, ExecutionPlan plan, MeasuredRun? run)
    {
        ImmutableArray<TimelineRow> predicted = plan.Prediction is { } prediction ? TimelineRow.Of(plan, prediction) : [];
        ImmutableArray<TimelineRow> measured = run is null ? [] : TimelineRow.Of(plan, run);
        var length = predicted.Concat(measured).Select(row => row.End).DefaultIfEmpty(0).Max();
        using (html.Within("section", ("id", "timeline")))
        {
            html.Element("h2", "An update over time");
            if (plan.Prediction is null)
                html.Paragraph(NoSpeed, "note");
            if (length > 0)
            {
                Legend(html, [.. predicted, .. measured]);
                if (plan.Prediction is { } known)
                    Timeline(html, "Predicted", $"{Quantity.Seconds(known.Seconds)}, mostly {known.Binding} ({known.Origin}).", predicted, length);
                if (run is not null)
                    Timeline(html, "Measured", Update(plan, run), measured, length);
            }
        }

        html.Line();
    }

    private static string Update(ExecutionPlan plan, MeasuredRun run)
    {
        var others = run.Ranks.Length < plan.Ranks.Length ? " The ranks of the run's first process." : "";
        return $"Update {run.TimedUpdate}. What a rank waits for is in the action that waits.{others}";
    }

    private static void Timeline(HtmlWriter html, string title, string words, ImmutableArray<TimelineRow> rows, double length)
    {
        if (rows.IsEmpty)
            return;
        var shown = BarMerge.Spread(rows);
        var (drawn, finest) = BarMerge.Of(shown, length);
        html.Element("h3", title);
        html.Element("p", words + Left(rows.Length, shown.Length) + Merged(finest), ("class", "note"));
        TimelineDrawing.Write(html, $"{title} timeline", drawn, length);
        HtmlTable.WriteFolded(
            html, $"{title} time by what it goes to", Header(shown), [.. shown.Select(row => Shares(row, shown))]);
    }

    private static string Left(int all, int drawn) => drawn < all ? $" {drawn} of {all} different rows are drawn." : "";

    private static string Merged(double finest) =>
        finest > 0 ? $" Neighbours that take less than {Quantity.Seconds(finest)} together are drawn as one." : "";

    private static string[] Header(ImmutableArray<TimelineRow> rows) =>
        ["ranks", .. Used(rows).Select(color => color.Words()), "end"];

    private static string[] Shares(TimelineRow row, ImmutableArray<TimelineRow> rows) =>
        [row.Name, .. Used(rows).Select(color => Quantity.Seconds(row.SecondsOf(color))), Quantity.Seconds(row.End)];

    private static IEnumerable<ActionColor> Used(ImmutableArray<TimelineRow> rows) =>
        Enum.GetValues<ActionColor>().Where(color => rows.Any(row => row.Bars.Any(bar => bar.Color == color)));

    private static void Legend(HtmlWriter html, ImmutableArray<TimelineRow> rows)
    {
        using var _ = html.Within("ul", ("class", "legend"));
        foreach (var color in Used(rows))
        {
            using (html.Within("li"))
            {
                html.Element("span", "", ("class", $"swatch {color.Class()}"));
                html.Text(color.Words());
            }
        }

        if (rows.Any(row => row.HasBackground))
            html.Element("li", "thin bars: beside the rank's other work");
    }
}
