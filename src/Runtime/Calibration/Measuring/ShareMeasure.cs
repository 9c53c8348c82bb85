using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>All figures of so many ranks.</summary>
internal static class ShareMeasure
{
    /// <summary>The part of a rank's memory that passes may touch.</summary>
    private const int MemoryPart = 8;

    /// <param name="callSeconds">What a call costs.</param>
    public static SharedPerformance Of(RankTeam team, MeasuredShare share, bool hasNccl, double callSeconds)
    {
        var memory = MemoryMeasure.Of(team, share.MemoryBytes / MemoryPart);
        var device = new DevicePerformance(
            PrecisionTypes.Each(type => ProductMeasure.Of(team, type)),
            PrecisionTypes.Each(type => ConvolutionMeasure.Of(team, type)),
            memory,
            SpecialMeasure.PerSecond(team),
            callSeconds);
        device = device with { AttentionShare = AttentionMeasure.ShareOf(team, device) };
        // One device alone moves bytes only within its memory: read here, written there.
        var link = team.Size > 1
            ? LinkMeasure.Of(team, hasNccl)
            : new LinkPerformance(memory.Points[^1].PerSecond / 2, callSeconds);
        return new SharedPerformance(share.Ranks, device, link);
    }
}
