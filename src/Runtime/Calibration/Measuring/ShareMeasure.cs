using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// All figures of so many ranks: kernels by themselves, by size and precision; then, with networks that train, memory, and what
/// is left of the kernels' rates there.
/// </summary>
internal static class ShareMeasure
{
    /// <param name="callSeconds">What a call costs.</param>
    public static SharedPerformance Of(RankTeam team, ReferenceBench bench, bool hasNccl, double callSeconds)
    {
        var device = new DevicePerformance(
            PrecisionTypes.Each(type => ProductMeasure.Of(team, type)),
            PrecisionTypes.Each(type => ConvolutionMeasure.Of(team, type)),
            RateCurve.Flat(double.MaxValue),
            SpecialMeasure.PerSecond(team),
            callSeconds)
        {
            Updates = UpdateMeasure.Of(bench),
        };
        var share = bench.Share;
        // A rank alone moves bytes to nobody.
        var link = team.Size > 1 ? LinkMeasure.Of(team, hasNccl) : new LinkPerformance(double.MaxValue, callSeconds);
        var alone = new SharedPerformance(share.Ranks, device, link);
        var memory = MemoryMeasure.Of(bench, alone);
        if (team.Size == 1) // Read here, written there.
            link = link with { BytesPerSecond = memory.Points[^1].PerSecond / 2 };
        return TrainedRates.Of(bench, alone with { Device = device with { Memory = memory }, Link = link });
    }
}
