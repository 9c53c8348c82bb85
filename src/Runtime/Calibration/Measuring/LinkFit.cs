using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// A link from the times of all-reduces, taken for those of a ring: n bytes over k ranks take
/// 2 (k - 1) / k * n / bandwidth + 2 (k - 1) * latency (Thakur, Rabenseifner and Gropp 2005).
/// </summary>
internal static class LinkFit
{
    /// <summary>Of a time: what the fit gives to each of its two parts at least, where noise would give it less than nothing.</summary>
    private const double LeastShare = 0.01;

    /// <param name="times">Bytes of each rank's tensor, and seconds; two sizes at least.</param>
    public static LinkPerformance Of(int rankCount, IReadOnlyList<(double Bytes, double Seconds)> times)
    {
        var steps = 2.0 * (rankCount - 1);
        var (perByte, fixedSeconds) = Line([.. times.Select(time => (steps / rankCount * time.Bytes, time.Seconds))]);
        var (smallest, largest) = (times.MinBy(time => time.Bytes), times.MaxBy(time => time.Bytes));
        var leastPerByte = LeastShare * largest.Seconds / (steps / rankCount * largest.Bytes);
        return new LinkPerformance(
            1 / Math.Max(perByte, leastPerByte), Math.Max(fixedSeconds, LeastShare * smallest.Seconds) / steps);
    }

    /// <summary>The line through the points that has the least squares of relative errors: a message of any size counts alike.</summary>
    private static (double Slope, double Start) Line((double X, double Y)[] points)
    {
        var (w, wx, wy, wxx, wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var (x, y) in points)
        {
            var weight = 1 / (y * y);
            (w, wx, wy) = (w + weight, wx + (weight * x), wy + (weight * y));
            (wxx, wxy) = (wxx + (weight * x * x), wxy + (weight * x * y));
        }

        var slope = ((w * wxy) - (wx * wy)) / ((w * wxx) - (wx * wx));
        return (slope, (wy - (slope * wx)) / w);
    }
}
