using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>What a chart spans: from round values around all points, and from the first update to the last.</summary>
internal sealed record CurveFrame(long FirstUpdate, long LastUpdate, double Bottom, double Top, double Step)
{
    private const int MostSteps = 4;

    public static CurveFrame Around(IReadOnlyCollection<CurvePoint> points)
    {
        var (least, greatest) = (points.Min(point => point.Value), points.Max(point => point.Value));
        var room = Math.Max(greatest - least, Math.Max(Math.Abs(greatest), Math.Abs(least)) * 1e-3);
        var step = RoundStep.Of(room > 0 ? room : 1, MostSteps);
        var bottom = Math.Floor(least / step) * step;
        var top = Math.Max(Math.Ceiling(greatest / step) * step, bottom + step);
        return new CurveFrame(points.Min(point => point.Update), points.Max(point => point.Update), bottom, top, step);
    }

    /// <summary>The values that have a line across the chart, from the lowest.</summary>
    public ImmutableArray<double> Values =>
        [.. Enumerable.Range(0, (int)Math.Round((Top - Bottom) / Step) + 1).Select(place => Math.Round((Bottom + (place * Step)) / Step) * Step)];

    /// <summary>The updates that are named below it.</summary>
    public ImmutableArray<double> Updates
    {
        get
        {
            var step = Math.Max(1, RoundStep.Of(Math.Max(1, LastUpdate - FirstUpdate), MostSteps));
            var first = Math.Ceiling(FirstUpdate / step) * step;
            return [.. Enumerable.Range(0, MostSteps + 2).Select(place => first + (place * step)).TakeWhile(update => update <= LastUpdate)];
        }
    }

    /// <summary>From 0 at the left to 1 at the right.</summary>
    public double X(double update) => LastUpdate == FirstUpdate ? 0.5 : (update - FirstUpdate) / (LastUpdate - FirstUpdate);

    /// <summary>From 0 at the top to 1 at the bottom.</summary>
    public double Y(double value) => (Top - value) / (Top - Bottom);
}
