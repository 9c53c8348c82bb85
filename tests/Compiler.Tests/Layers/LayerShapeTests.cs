using ParDsl.Compiler.Checked;
using Xunit;
using static ParDsl.Compiler.Tests.Layers.LayerCase;

namespace ParDsl.Compiler.Tests.Layers;

/// <summary>The sizes are worked out by hand from the formulas in the documentation of PyTorch's modules.</summary>
public sealed class LayerShapeTests
{
    [Theory]
    [InlineData(28, 3, 1, 0, 1, 26)]
    [InlineData(28, 3, 1, 1, 1, 28)]
    [InlineData(28, 3, 2, 1, 1, 14)]
    [InlineData(7, 2, 2, 0, 1, 3)]
    [InlineData(28, 5, 3, 2, 2, 8)]
    [InlineData(28, 28, 1, 0, 1, 1)]
    public void A_convolution_gives_PyTorchs_size(long size, long kernel, long stride, long padding, long dilation, long expected)
    {
        var facts = Facts(
            "conv2d",
            [3, size, size],
            ("channels", 8L),
            ("kernel", Pair(kernel, kernel)),
            ("stride", Pair(stride, stride)),
            ("padding", Pair(padding, padding)),
            ("dilation", Pair(dilation, dilation)));
        Assert.Equal(Shape.Of(8, expected, expected), facts.Output);
    }

    [Theory]
    [InlineData("max_pool")]
    [InlineData("average_pool")]
    public void A_pool_moves_by_its_own_size_unless_told_otherwise(string kind)
    {
        Assert.Equal(Shape.Of(3, 13, 9), Facts(kind, [3, 27, 28], ("kernel", Pair(2, 3))).Output);
        Assert.Equal(Shape.Of(3, 14, 14), Facts(kind, [3, 28, 28], ("kernel", Pair(3, 3)), ("stride", Pair(2, 2)), ("padding", Pair(1, 1))).Output);
    }

    [Fact]
    public void A_linear_layer_replaces_the_last_dimension_only()
    {
        var facts = Facts("linear", [6, 20], ("outputs", 5L));
        Assert.Equal(Shape.Of(6, 5), facts.Output);
        Assert.Equal(2 * 6 * 20 * 5, facts.FlopsPerSample);
        Assert.Equal(120, facts.SavedElementsPerSample);
    }

    [Fact]
    public void Flatten_keeps_every_number() => Assert.Equal(Shape.Of(60), Facts("flatten", [3, 4, 5]).Output);

    [Theory]
    [InlineData("relu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("softmax")]
    [InlineData("dropout")]
    [InlineData("layer_norm")]
    [InlineData("batch_norm")]
    public void What_works_number_by_number_keeps_the_shape(string kind) =>
        Assert.Equal(Shape.Of(2, 3, 4), Facts(kind, [2, 3, 4]).Output);

    [Fact]
    public void A_max_pool_keeps_its_input_and_an_index_for_each_output()
    {
        var facts = Facts("max_pool", [3, 4, 4], ("kernel", Pair(2, 2)));
        Assert.Equal((3 * 4 * 4, 3 * 2 * 2), (facts.SavedElementsPerSample, facts.SavedIndicesPerSample));
    }

    [Fact]
    public void A_grouped_convolution_counts_only_its_groups_inputs()
    {
        var facts = Facts("conv2d", [4, 8, 8], ("channels", 6L), ("groups", 2L), ("padding", Pair(1, 1)));
        Assert.Equal(2 * 6 * 8 * 8 * (2 * 3 * 3), facts.FlopsPerSample);
        Assert.Equal(Shape.Of(6, 2, 3, 3), facts.Parameters[0].Shape);
    }

    [Fact]
    public void Sizes_beyond_64_bits_are_never_wrapped_around() =>
        Assert.Throws<OverflowException>(() => Facts("linear", [long.MaxValue / 2], ("outputs", 1000L)));
}
