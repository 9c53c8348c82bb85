using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// All figures of so many ranks: kernels by themselves, by size and precision; then, with networks that train, memory, and what
/// is left of the kernels' rates there.
/// </summary>
internal static class ShareMeasure
{
    /// <param name="ranks">As <see cref="SharedPerformance"/> counts them.</param>
    /// <param name="callSeconds">What a call costs.</param>
    /// <returns>Without memory, which kernels by themselves do not show.</returns>
    public static SharedPerformance Kernels(RankTeam team, int ranks, bool hasNccl, double callSeconds) => new(
        ranks,
        new DevicePerformance(
            PrecisionTypes.Each(type => ProductMeasure.Of(team, type)),
            PrecisionTypes.Each(type => ConvolutionMeasure.Of(team, type)),
            RateCurve.Flat(double.MaxValue),
            SpecialMeasure.PerSecond(team),
            callSeconds),
        // A rank alone moves bytes to nobody.
        team.Size > 1 ? LinkMeasure.Of(team, hasNccl) : new LinkPerformance(double.MaxValue, callSeconds));

    /// <param name="kernels">By themselves; the ranks that were measured are gone, since their threads make those of others sleep.</param>
    public static SharedPerformance InTraining(ReferenceBench bench, SharedPerformance kernels)
    {
        var alone = kernels with { Device = kernels.Device with { Updates = UpdateMeasure.Of(bench, kernels.Device.OperationSeconds) } };
        var memory = MemoryMeasure.Of(bench, alone);
        var link = bench.Share.Devices.Length > 1
            ? alone.Link
            : alone.Link with { BytesPerSecond = memory.Points[^1].PerSecond / 2 }; // Read here, written there.
        return TrainedRates.Of(bench, alone with { Device = alone.Device with { Memory = memory }, Link = link });
    }
}
