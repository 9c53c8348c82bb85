using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The rate of work by its operations, where shapes of as many operations do not take as long: the mean of their times counts.
/// </summary>
internal static class AlikeWork
{
    /// <param name="sizes">By growing operations, the shapes that have as many.</param>
    /// <param name="secondsOf">One piece of work's.</param>
    /// <param name="callSeconds">The same with next to no work.</param>
    /// <param name="pieces">How many are measured at once; where that is too slow, nothing larger is measured.</param>
    public static RateCurve Curve<TShape>(
        RankTeam team,
        IEnumerable<(double Operations, ImmutableArray<TShape> Shapes)> sizes,
        Func<TShape, double> secondsOf,
        double callSeconds,
        int pieces)
    {
        var points = ImmutableArray.CreateBuilder<RatePoint>();
        foreach (var (operations, shapes) in sizes)
        {
            var times = new List<double>();
            foreach (var shape in shapes)
            {
                times.Add(secondsOf(shape));
                if (team.IsTooSlow(times[^1] * pieces))
                    break;
            }

            points.Add(WorkRate.Of(operations, times.Average(), callSeconds));
            if (team.IsTooSlow(times[^1] * pieces))
                break;
        }

        return new RateCurve(points.ToImmutable());
    }
}
