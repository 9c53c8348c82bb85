using ParDsl.Compiler.Hardware.Performance;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

/// <summary>Two measures of layers together.</summary>
public sealed class LayerSpeedsTests
{
    private static readonly LayerSpeeds One = LayerSpeeds.Of([("a", new LayerSpeed(8, 1, 3)), ("b", new LayerSpeed(8, 1, 1))]);

    [Fact]
    public void Of_the_same_layer_what_took_less_in_both_passes_counts()
    {
        var other = LayerSpeeds.Of([("a", new LayerSpeed(8, 2, 1)), ("b", new LayerSpeed(8, 3, 0)), ("c", new LayerSpeed(8, 5, 5))]);
        foreach (var both in (LayerSpeeds[])[One.Quicker(other), other.Quicker(One)])
        {
            Assert.Equal([new LayerSpeed(8, 2, 1)], both.Of("a"));
            Assert.Equal([new LayerSpeed(8, 1, 1)], both.Of("b"));
            Assert.Equal([new LayerSpeed(8, 5, 5)], both.Of("c"));
        }
    }

    [Fact]
    public void Of_another_number_of_samples_both_count()
    {
        var both = LayerSpeeds.Of([("a", new LayerSpeed(16, 1, 1))]).Quicker(One);
        Assert.Equal([new LayerSpeed(8, 1, 3), new LayerSpeed(16, 1, 1)], both.Of("a"));
        Assert.Equal(both.Of("a"), One.With(both).Of("a"));
    }

    [Fact]
    public void What_was_measured_later_counts_where_it_is_not_the_same_measure()
    {
        var slower = LayerSpeeds.Of([("a", new LayerSpeed(8, 9, 9))]);
        Assert.Equal(slower.Of("a"), One.With(slower).Of("a"));
    }
}
