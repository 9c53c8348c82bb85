using ParDsl.Compiler.Hardware.Performance;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

public sealed class RateCurveTests
{
    private static readonly RateCurve Curve = new([new RatePoint(10, 100), new RatePoint(1000, 300)]);

    [Theory]
    [InlineData(1, 100)]
    [InlineData(10, 100)]
    [InlineData(100, 200)]
    [InlineData(1000, 300)]
    [InlineData(1e9, 300)]
    public void A_rate_lies_between_its_neighbours(double size, double rate) => Assert.Equal(rate, Curve.At(size), 9);

    [Fact]
    public void Nothing_takes_no_time() => Assert.Equal(0, Curve.Seconds(0));

    /// <summary>Of work that is too small to fill a device, twice as much takes hardly longer, and never less.</summary>
    [Fact]
    public void More_work_never_takes_less_time()
    {
        RateCurve[] curves = [RateCurve.Saturating(8e12, 1e9), Curve, new([new(1, 100), new(4, 350), new(16, 2000), new(64, 900)])];
        foreach (var curve in curves)
        {
            var seconds = Enumerable.Range(-40, 300).Select(power => curve.Seconds(Math.Pow(1.1, power))).ToArray();
            Assert.Equal(seconds.Order(), seconds);
        }
    }

    [Fact]
    public void A_saturating_curve_has_half_its_peak_at_its_half_size()
    {
        var curve = RateCurve.Saturating(8e12, 1e9);
        Assert.Equal(4e12, curve.At(1e9), 3);
        Assert.InRange(curve.At(1e14), 7.9e12, 8e12);
    }

    [Fact]
    public void More_ranks_than_were_measured_take_turns()
    {
        var one = new SharedPerformance(1, Device(100), new LinkPerformance(10, 1));
        var two = new SharedPerformance(2, Device(60), new LinkPerformance(8, 1));
        var performance = new HardwarePerformance("here", [one, two], new LinkPerformance(1, 1));
        Assert.Same(one, performance.Of(1));
        Assert.Same(two, performance.Of(2));
        Assert.Equal(30, performance.Of(4).Device.Memory.At(1));
        Assert.Equal(4, performance.Of(4).Link.BytesPerSecond);
    }

    /// <summary>Each has cores of its own, so a call takes no longer than of the next number that was measured.</summary>
    [Fact]
    public void A_number_of_ranks_between_two_that_were_measured_has_calls_and_latencies_between_theirs()
    {
        var two = new SharedPerformance(2, Device(60), new LinkPerformance(8, 1) { MessageSeconds = 3 });
        var four = new SharedPerformance(4, Device(40) with { OperationSeconds = 2 }, new LinkPerformance(5, 3) { MessageSeconds = 3 });
        var three = new HardwarePerformance("here", [two, four], new LinkPerformance(1, 1)).Of(3);
        Assert.Equal(1.5, three.Device.OperationSeconds, 12);
        Assert.Equal((2, 3), (three.Link.LatencySeconds, three.Link.MessageSeconds));
        Assert.Equal(40, three.Device.Memory.At(1), 12);
    }

    private static DevicePerformance Device(double rate)
    {
        var curve = RateCurve.Flat(rate);
        var rates = new PrecisionRates(curve, curve, curve, curve);
        return new DevicePerformance(rates, rates, curve, rate, 1);
    }
}
