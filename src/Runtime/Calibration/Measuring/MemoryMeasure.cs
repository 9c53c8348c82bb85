using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// Passes over memory by the bytes that they touch, from what fits a core's cache to what fits none, in training: how long a
/// pass takes depends on what was done before, on where the heap puts what is new, and on what other ranks read.
/// </summary>
internal static class MemoryMeasure
{
    private const int Kibi = 1 << 10;

    /// <summary>A pass of the network reads or writes so many tensors, about.</summary>
    private const int TensorsOfPass = 3;

    private const double LeastPerSecond = 1e8;
    private const double MostPerSecond = 1e14;

    private static readonly ImmutableArray<int> Elements = [16 * Kibi, 64 * Kibi, 256 * Kibi, 1024 * Kibi, 4096 * Kibi];

    /// <param name="others">The other figures; of them calls, specials and updates count.</param>
    public static RateCurve Of(ReferenceBench bench, SharedPerformance others)
    {
        var fitting = bench.Fitting(Elements, elements => elements);
        return new RateCurve([.. fitting.Select(elements => new RatePoint(TensorsOfPass * Bytes(elements), PerSecond(elements)))]);

        double PerSecond(int elements) => bench.Find(
            bench.Specs.Passes(elements),
            rate => others with { Device = others.Device with { Memory = RateCurve.Flat(rate) } },
            LeastPerSecond,
            MostPerSecond);
    }

    private static long Bytes(int elements) => (long)elements * sizeof(float);
}
