using System.Diagnostics;

namespace ParDsl.Benchmarks.Rates;

internal static class Timing
{
    public static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
