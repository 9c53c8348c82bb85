using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>
/// Fewer points that look the same: of each run of updates the least and the greatest value, in their order.
/// </summary>
internal static class CurveThinning
{
    public static ImmutableArray<CurvePoint> Of(ImmutableArray<CurvePoint> points, int most)
    {
        if (points.Length <= most)
            return points;
        var runs = most / 2;
        return
        [
            .. Enumerable.Range(0, runs).SelectMany(run => Ends(
                points.AsSpan((int)((long)run * points.Length / runs)..(int)((long)(run + 1) * points.Length / runs)))),
        ];
    }

    private static CurvePoint[] Ends(ReadOnlySpan<CurvePoint> run)
    {
        var (least, greatest) = (run[0], run[0]);
        foreach (var point in run)
        {
            least = point.Value < least.Value ? point : least;
            greatest = point.Value > greatest.Value ? point : greatest;
        }

        return least.Update == greatest.Update ? [least] : least.Update < greatest.Update ? [least, greatest] : [greatest, least];
    }
}
