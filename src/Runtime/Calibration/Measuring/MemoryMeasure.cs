using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Passes over memory by the bytes that they touch, from what fits a core's cache to what fits none.</summary>
internal static class MemoryMeasure
{
    private const long Kibibyte = 1 << 10;

    private static readonly ImmutableArray<long> Sizes =
        [.. new long[] { 16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10 }.Select(size => size * Kibibyte)];

    /// <param name="mostBytes">What a pass of one rank may touch.</param>
    public static RateCurve Of(RankTeam team, long mostBytes)
    {
        var call = team.SecondsOf((_, device) => new PassWork(0, device));
        return new RateCurve(
        [
            .. Sizes.Where(size => size <= Math.Max(mostBytes, Sizes[0])).Select(size =>
                WorkRate.Of(size, team.SecondsOf((_, device) => new PassWork(size, device)), call)),
        ]);
    }
}
