using ParDsl.Runtime.Calibration.Measuring;
using Xunit;

namespace ParDsl.Runtime.Tests.Calibration;

public sealed class LinkFitTests
{
    [Theory]
    [InlineData(2, 5e9, 4e-6)]
    [InlineData(4, 1e10, 2e-5)]
    [InlineData(64, 2e8, 1e-3)]
    public void The_figures_of_a_ring_are_found_in_its_times(int ranks, double bandwidth, double latency)
    {
        var steps = 2.0 * (ranks - 1);
        var fit = LinkFit.Of(
            ranks,
            [.. ((double[])[256, 16384, 1 << 20, 1 << 24]).Select(bytes =>
                (bytes, (steps / ranks * bytes / bandwidth) + (steps * latency)))]);
        Assert.Equal(1, fit.BytesPerSecond / bandwidth, 9);
        Assert.Equal(1, fit.LatencySeconds / latency, 9);
    }

    [Fact]
    public void Noise_makes_no_figure_that_a_link_cannot_have()
    {
        var slower = LinkFit.Of(2, [(256, 1e-3), (1 << 20, 1e-5)]);
        var steeper = LinkFit.Of(2, [(256, 1e-9), (1 << 20, 1e-2), (1 << 21, 4e-2)]);
        Assert.All(
            (double[])[slower.BytesPerSecond, slower.LatencySeconds, steeper.BytesPerSecond, steeper.LatencySeconds],
            figure => Assert.True(double.IsFinite(figure) && figure > 0));
    }
}
