using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware.Performance;
using Xunit;

namespace ParDsl.Compiler.Tests.Costs;

public sealed class PanelSizesTests
{
    private static readonly WeightProduct Product = new(Precision.Float32, ProductKind.Output, Rows: 16, Inputs: 6, Outputs: 4, Threads: 1);

    private static readonly PanelSizes Sizes = new([(Product, 100), (Product with { Rows = 64 }, 300), (Product with { Threads = 2 }, 700)]);

    [Theory]
    [InlineData(16, 100)]
    [InlineData(8, 100)]
    [InlineData(31, 100)]
    [InlineData(33, 300)]
    [InlineData(64, 300)]
    [InlineData(128, 300)]
    public void Of_other_numbers_of_rows_the_nearest_counts(long rows, long bytes) =>
        Assert.Equal(bytes, Sizes.Of(Product with { Rows = rows }));

    [Fact]
    public void Of_another_product_nothing_is_known()
    {
        Assert.Null(Sizes.Of(Product with { Kind = ProductKind.InputGradient }));
        Assert.Null(Sizes.Of(Product with { Precision = Precision.Float64 }));
        Assert.Null(Sizes.Of(Product with { Threads = 4 }));
        Assert.Null(PanelSizes.None.Of(Product));
        Assert.Null(Sizes.Of(Product with { Rows = 7 }));
        Assert.Null(Sizes.Of(Product with { Rows = 129 }));
    }

    [Fact]
    public void What_is_newer_replaces_what_is_older()
    {
        var both = Sizes.With(new PanelSizes([(Product, 101), (Product with { Inputs = 7 }, 5)]));
        Assert.Equal((101, 300, 5), (both.Of(Product), both.Of(Product with { Rows = 64 }), both.Of(Product with { Inputs = 7 })));
        Assert.Equal(4, both.All.Count());
        Assert.Equal(new PanelSizes(both.All.Reverse()), both);
        Assert.NotEqual(Sizes, both);
    }
}
