using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A rate from a time that a call's own cost is a part of.</summary>
internal static class WorkRate
{
    /// <summary>Of the smallest work, noise would leave nothing or less.</summary>
    private const double LeastShare = 0.25;

    /// <param name="size">Of one piece of work.</param>
    /// <param name="seconds">Of the piece, with the call.</param>
    /// <param name="callSeconds">Of the same call with next to no work, which planners count by itself.</param>
    public static RatePoint Of(double size, double seconds, double callSeconds) =>
        new(size, size / WithoutCall(seconds, callSeconds));

    public static double WithoutCall(double seconds, double callSeconds) =>
        Math.Max(seconds - callSeconds, LeastShare * seconds);
}
