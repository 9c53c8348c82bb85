using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Source;
using Xunit;
using static ParDsl.Compiler.Tests.Layers.LayerCase;

namespace ParDsl.Compiler.Tests.Layers;

public sealed class ShapeErrorTests
{
    [Theory]
    [InlineData("conv2d")]
    [InlineData("max_pool")]
    [InlineData("average_pool")]
    public void A_window_needs_an_image_and_the_help_makes_one_of_a_square(string kind)
    {
        var mistake = Mistake(kind, [64], ("channels", 4L), ("kernel", Pair(2, 2)));
        Expect(mistake, "PD3020", $"`{kind}` needs [channels, height, width], and what comes in is [64]");
        Assert.Contains("`input [1, 8, 8]`", mistake.Help);
    }

    [Fact]
    public void A_kernel_larger_than_its_input_shows_the_arithmetic()
    {
        var mistake = Mistake("conv2d", [1, 28, 28], ("channels", 4L), ("kernel", Pair(30, 3)));
        Expect(mistake, "PD3021", "kernel of height 30");
        Assert.Contains("(28 + 2*0 - 30) / 1 + 1 = -1", mistake.Message);
        Assert.Equal("write `kernel=[28, 3]`", mistake.Help);
    }

    [Fact]
    public void A_dilated_kernel_says_how_far_it_spreads()
    {
        var mistake = Mistake("conv2d", [1, 28, 9], ("channels", 4L), ("dilation", Pair(1, 5)), ("stride", Pair(1, 2)));
        Expect(mistake, "PD3021", "kernel of width 3 that dilation 5 spreads over 11");
        Assert.Contains("(9 + 2*0 - 11) / 2 + 1 = 0", mistake.Message);
        Assert.Equal("write `kernel=2`", mistake.Help);
    }

    [Fact]
    public void Groups_must_divide_what_comes_in() =>
        Expect(Mistake("conv2d", [3, 8, 8], ("channels", 4L), ("groups", 2L)), "PD3022", "3 = 2 x 1 + 1");

    [Fact]
    public void Groups_must_divide_what_goes_out()
    {
        var mistake = Mistake("conv2d", [4, 8, 8], ("channels", 7L), ("groups", 2L));
        Expect(mistake, "PD3023", "7 = 2 x 3 + 1");
        Assert.Equal("write `conv2d 8`", mistake.Help);
    }

    [Fact]
    public void A_pools_padding_is_at_most_half_its_kernel() =>
        Expect(Mistake("max_pool", [1, 8, 8], ("kernel", Pair(3, 3)), ("padding", Pair(0, 2))), "PD3024", "3 / 2 = 1");

    [Fact]
    public void Batch_norm_needs_features_or_an_image() =>
        Expect(Mistake("batch_norm", [4, 5]), "PD3025", "what comes in is [4, 5]");

    [Theory]
    [InlineData("linear")]
    [InlineData("flatten")]
    [InlineData("layer_norm")]
    [InlineData("softmax")]
    public void A_single_number_has_no_dimension_to_work_on(string kind) =>
        Expect(Mistake(kind, [], ("outputs", 4L)), "PD3026", $"`{kind}` needs at least one dimension");

    private static void Expect(Diagnostic mistake, string code, string words)
    {
        Assert.Equal(code, mistake.Code);
        Assert.Contains(words, mistake.Message);
        Assert.NotEmpty(mistake.Help);
    }
}
