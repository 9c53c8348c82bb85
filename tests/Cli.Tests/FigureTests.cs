using ParDsl.Cli.Display;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>What rounds up to a unit's end is said in the next one.</summary>
public sealed class FigureTests
{
    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(0.0236, "24 ms")]
    [InlineData(0.0994, "99 ms")]
    [InlineData(0.0996, "0.1 s")]
    [InlineData(5.06, "5.1 s")]
    [InlineData(59.94, "59.9 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(119.6, "2 min 00 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(11520, "3 h 12 min")]
    public void A_duration_is_rounded_before_it_is_cut(double seconds, string words) => Assert.Equal(words, Figures.duration(seconds));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(58.2, "59 s")]
    [InlineData(59.2, "1 min 00 s")]
    [InlineData(61.5, "1 min 02 s")]
    public void What_remains_is_said_in_whole_seconds(double seconds, string words) => Assert.Equal(words, Figures.remaining(seconds));

    [Theory]
    [InlineData(0, "0.0000")]
    [InlineData(0.12344, "0.1234")]
    [InlineData(0.0000032, "3.2e-06")]
    [InlineData(99999.5, "99999.5000")]
    [InlineData(158124, "1.5812e+05")]
    public void A_measure_shows_how_it_changes(double number, string words) => Assert.Equal(words, Figures.measure(number));

    [Theory]
    [InlineData(99.94, "99.9 samples/s")]
    [InlineData(99.96, "100 samples/s")]
    public void A_rate_has_three_digits_at_least(double rate, string words) => Assert.Equal(words, Figures.rate(rate));
}
