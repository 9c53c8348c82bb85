using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>What the kernel of attention reaches of the rate of a product with as many operations.</summary>
internal static class AttentionMeasure
{
    private const double LeastShare = 0.01;

    /// <param name="device">What is measured of the device already.</param>
    public static double ShareOf(RankTeam team, DevicePerformance device)
    {
        var seconds = team.SecondsOf((_, place) => new AttentionWork(place));
        var products = WorkRate.WithoutCall(seconds, AttentionWork.Specials / device.SpecialsPerSecond);
        var rate = AttentionWork.Operations / products;
        return Math.Clamp(rate / device.Products.Float32.At(AttentionWork.ForwardOperations), LeastShare, 1);
    }
}
