using ParDsl.Compiler.Printing.Pages;
using Xunit;

namespace ParDsl.Compiler.Tests.Printing.Pages;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(999.4, "999")]
    [InlineData(999.6, "1 K")]
    [InlineData(999_400, "999 K")]
    [InlineData(999_600, "1 M")]
    [InlineData(17_200, "17.2 K")]
    [InlineData(999.7e12, "1 P")]
    public void A_thousand_of_a_unit_is_one_of_the_next(double number, string words) => Assert.Equal(words, Quantity.Short(number));
}
