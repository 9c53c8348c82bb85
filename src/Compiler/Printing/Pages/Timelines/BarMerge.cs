using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>
/// Keeps a timeline small enough for a page: rows beyond a number are left out evenly, and where there are too many bars,
/// neighbours that are too short to be seen become one.
/// </summary>
internal static class BarMerge
{
    private const int MostRows = 64;

    /// <summary>A bar takes some 200 bytes of the page.</summary>
    private const int MostBars = 8000;

    /// <summary>The first length that is merged, as a share of the timeline.</summary>
    private const double FinestShare = 1.0 / 16384;

    /// <param name="drawn">Of <see cref="Spread"/>.</param>
    /// <param name="length">The timeline's, in seconds.</param>
    /// <returns>The rows to draw, and the length up to which bars were merged; 0 where none were.</returns>
    public static (ImmutableArray<TimelineRow> Rows, double Finest) Of(ImmutableArray<TimelineRow> drawn, double length)
    {
        var finest = 0.0;
        for (var merged = drawn; ; merged = [.. drawn.Select(row => Merged(row, finest))])
        {
            if (merged.Sum(row => row.Bars.Length) <= MostBars || finest >= length)
                return (merged, finest);
            finest = finest > 0 ? finest * 2 : length * FinestShare;
        }
    }

    /// <summary>The rows that there is room for, evenly from the first to the last.</summary>
    public static ImmutableArray<TimelineRow> Spread(ImmutableArray<TimelineRow> rows) => rows.Length <= MostRows
        ? rows
        : [.. Enumerable.Range(0, MostRows).Select(place => rows[(int)((long)place * (rows.Length - 1) / (MostRows - 1))])];

    private static TimelineRow Merged(TimelineRow row, double finest) =>
        row with { Bars = [.. Lane(row, isBackground: false, finest), .. Lane(row, isBackground: true, finest)] };

    private static IEnumerable<TimelineBar> Lane(TimelineRow row, bool isBackground, double finest)
    {
        var run = new List<TimelineBar>();
        foreach (var bar in row.Bars)
        {
            if (bar.IsBackground != isBackground)
                continue;
            if (run.Count > 0 && bar.End - run[0].Start > finest)
            {
                yield return One(run);
                run.Clear();
            }

            run.Add(bar);
        }

        if (run.Count > 0)
            yield return One(run);
    }

    /// <summary>The colour is that of most of the time.</summary>
    private static TimelineBar One(List<TimelineBar> run)
    {
        if (run.Count == 1)
            return run[0];
        var color = run.GroupBy(bar => bar.Color).MaxBy(same => same.Sum(bar => bar.Seconds))!.Key;
        return new TimelineBar(
            color, $"{run.Count} actions, mostly {color.Words()}", "", run[0].Start, run.Max(bar => bar.End), run[0].IsBackground);
    }
}
