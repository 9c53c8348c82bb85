using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Tests.Planning;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Hardware on which only one thing takes time, so that a prediction can be worked out by hand.</summary>
internal static class Speeds
{
    private static readonly RateCurve AtOnce = RateCurve.Flat(double.PositiveInfinity);
    private static readonly LinkPerformance FreeLink = new(double.PositiveInfinity, 0);

    /// <summary>A product's operation takes a nanosecond.</summary>
    public static readonly RateCurve Gigaflops = RateCurve.Flat(1e9);

    public static HardwarePerformance Of(
        RateCurve? products = null, LinkPerformance? link = null, LinkPerformance? between = null, double call = 0, RateCurve? memory = null)
    {
        var curve = products ?? AtOnce;
        var rates = new PrecisionRates(curve, curve, curve, curve);
        var device = new DevicePerformance(rates, rates, memory ?? AtOnce, double.PositiveInfinity, call);
        return new HardwarePerformance("by hand", [new SharedPerformance(0, device, link ?? FreeLink)], between ?? FreeLink);
    }

    public static HardwareDescription Gpus(int count, HardwarePerformance performance) =>
        Programs.Gpus(count) with { Performance = performance };
}
