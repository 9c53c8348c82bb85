using ParDsl.Compiler.Costs;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

public sealed class SecondsTextTests
{
    [Theory]
    [InlineData(41.2e-6, "41.2 us")]
    [InlineData(5.034e-3, "5.03 ms")]
    [InlineData(0.99999, "1.00 s")]
    [InlineData(12.66, "12.7 s")]
    [InlineData(310.4, "310 s")]
    [InlineData(1e-9, "0.00 us")]
    public void A_time_has_three_digits_and_its_unit(double seconds, string text) => Assert.Equal(text, SecondsText.Of(seconds));
}
