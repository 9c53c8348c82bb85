using ParDsl.Runtime.Calibration.Measuring;
using Xunit;

namespace ParDsl.Runtime.Tests.Calibration;

public sealed class BisectionTests
{
    [Theory]
    [InlineData(3e8)]
    [InlineData(2.5e13)]
    public void It_finds_the_rate_that_explains_a_time(double rate) => Assert.Equal(
        1, Bisection.Falling(each => 1e-3 + (1e6 / each), 1e-3 + (1e6 / rate), 1e8, 1e14) / rate, 6);

    /// <summary>Where noise made a time that no figure within the bounds explains.</summary>
    [Theory]
    [InlineData(0.0, 100)]
    [InlineData(10.0, 1)]
    public void Beyond_the_bounds_it_gives_the_nearer_one(double time, double expected) =>
        Assert.Equal(expected, Bisection.Falling(each => 1 / each, time, 1, 100), 6);
}
