using ParDsl.Compiler.Hardware.Performance;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Two measures of layers together.</summary>
public sealed class LayerSpeedsTests
{
    private static readonly LayerSpeeds One = LayerSpeeds.Of([("a", new LayerSpeed(8, 1, 3)), ("b", new LayerSpeed(8, 2, 2))]);

    /// <summary>8 seconds against 6: of the latter all counts, though one of its layers took longer.</summary>
    [Fact]
    public void Of_the_same_layers_all_of_the_measure_that_took_less_counts()
    {
        var other = LayerSpeeds.Of([("a", new LayerSpeed(8, 2, 3)), ("b", new LayerSpeed(8, 1, 0)), ("c", new LayerSpeed(8, 50, 50))]);
        foreach (var both in (LayerSpeeds[])[One.Quicker(other), other.Quicker(One)])
            Assert.Equal(other, both);
    }

    [Fact]
    public void Of_another_number_of_samples_both_count()
    {
        var both = LayerSpeeds.Of([("a", new LayerSpeed(16, 1, 1))]).Quicker(One);
        Assert.Equal([new LayerSpeed(8, 1, 3), new LayerSpeed(16, 1, 1)], both.Of("a"));
        Assert.Equal(both, One.Quicker(both));
    }

    [Fact]
    public void What_was_measured_later_counts_where_it_is_not_the_same_measure()
    {
        var slower = LayerSpeeds.Of([("a", new LayerSpeed(8, 9, 9))]);
        Assert.Equal(slower.Of("a"), One.With(slower).Of("a"));
        Assert.Equal(One.Of("b"), One.With(slower).Of("b"));
    }

    [Fact]
    public void Of_two_calibrations_the_quicker_layers_count_for_the_ranks_of_both()
    {
        var quicker = LayerSpeeds.Of([("a", new LayerSpeed(8, 1, 1)), ("b", new LayerSpeed(8, 1, 1))]);
        var found = With([(1, One), (2, One)]).QuickerLayers(With([(2, quicker), (4, quicker)]));
        Assert.Equal([(1, One), (2, quicker)], found.Shares.Select(share => (share.Ranks, share.Device.Layers)));
    }

    private static HardwarePerformance With((int Ranks, LayerSpeeds Layers)[] shares)
    {
        var performance = Speeds.Of();
        return performance with
        {
            Shares =
            [
                .. shares.Select(share => performance.Shares[0] with
                {
                    Ranks = share.Ranks,
                    Device = performance.Shares[0].Device with { Layers = share.Layers },
                }),
            ],
        };
    }
}
