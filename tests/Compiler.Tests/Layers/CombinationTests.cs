using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Source;
using Xunit;

namespace ParDsl.Compiler.Tests.Layers;

public sealed class CombinationTests
{
    [Theory]
    [InlineData("add", 24, 0)]
    [InlineData("multiply", 24, 48)]
    public void Numbers_of_equal_shapes_are_combined_one_by_one(string kind, long flops, long saved)
    {
        var facts = Assert.IsType<LayerOutcome.Facts>(Infer(kind, Shape.Of(3, 4), Shape.Of(3, 4), Shape.Of(3, 4)));
        Assert.Equal((Shape.Of(3, 4), flops, saved), (facts.Output, facts.FlopsPerSample, facts.SavedElementsPerSample));
    }

    [Theory]
    [InlineData(1, new long[] { 5, 4, 4 }, new long[] { 8, 4, 4 })]
    [InlineData(2, new long[] { 3, 1, 4 }, new long[] { 3, 5, 4 })]
    [InlineData(3, new long[] { 3, 4, 9 }, new long[] { 3, 4, 13 })]
    public void Concat_adds_up_the_sizes_along_its_axis(long axis, long[] second, long[] expected)
    {
        var outcome = Infer("concat", Shape.Of(3, 4, 4), Shape.Of(second), axis);
        Assert.Equal(Shape.Of(expected), Assert.IsType<LayerOutcome.Facts>(outcome).Output);
    }

    [Theory]
    [InlineData("add", 1, new long[] { 3, 4, 5 }, "PD3060", "axis 3 has 4 and 5")]
    [InlineData("add", 1, new long[] { 3, 16 }, "PD3060", "3 dimensions and 2 dimensions")]
    [InlineData("multiply", 1, new long[] { 1, 4, 4 }, "PD3060", "axis 1 has 3 and 1")]
    [InlineData("concat", 1, new long[] { 5, 5, 4 }, "PD3061", "axis 2 has 4 and 5")]
    [InlineData("concat", 2, new long[] { 5, 5, 4 }, "PD3061", "axis 1 has 3 and 5")]
    [InlineData("concat", 0, new long[] { 3, 4, 4 }, "PD3062", "axis 0 is the batch")]
    [InlineData("concat", -1, new long[] { 3, 4, 4 }, "PD3062", "there is no axis -1")]
    [InlineData("concat", 4, new long[] { 3, 4, 4 }, "PD3062", "go from 1, of size 3, to 3, of size 4")]
    public void What_does_not_fit_is_shown_with_its_sizes(string kind, long axis, long[] second, string code, string message)
    {
        var mistake = Assert.IsType<LayerOutcome.Mistake>(Infer(kind, Shape.Of(3, 4, 4), Shape.Of(second), axis)).Diagnostic;
        Assert.Equal(code, mistake.Code);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.NotEmpty(mistake.Help);
    }

    [Fact]
    public void The_catalogue_is_sorted_and_finds_each_rule_by_its_name()
    {
        var names = CombinationCatalogue.Rules.Select(rule => rule.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(CombinationCatalogue.Rules, rule => Assert.Same(rule, CombinationCatalogue.Find(rule.Name)));
    }

    [Theory]
    [InlineData(new long[] { 4, 28, 28 }, new long[] { 8, 14, 14 }, "conv2d", 2, 2)]
    [InlineData(new long[] { 4, 7, 7 }, new long[] { 4, 4, 7 }, "conv2d", 2, 1)]
    [InlineData(new long[] { 4, 28, 9 }, new long[] { 8, 10, 1 }, "conv2d", 3, 9)]
    public void A_projection_of_an_image_has_the_stride_that_fits(long[] bypass, long[] body, string kind, long down, long across)
    {
        var projection = BypassProjection.Between(Shape.Of(bypass), Shape.Of(body))!;
        Assert.Equal(kind, projection.Rule.Name);
        Assert.Equal([down, across], projection.Arguments.Integers("stride"));
        Assert.Equal(Shape.Of(body), Project(projection, bypass).Output);
        Assert.Equal([Shape.Of(body[0], bypass[0], 1, 1)], Project(projection, bypass).Parameters.Select(parameter => parameter.Shape));
    }

    [Theory]
    [InlineData(new long[] { 10 }, new long[] { 4 })]
    [InlineData(new long[] { 6, 10 }, new long[] { 6, 4 })]
    public void A_projection_of_features_is_linear_without_bias(long[] bypass, long[] body)
    {
        var projection = BypassProjection.Between(Shape.Of(bypass), Shape.Of(body))!;
        Assert.Equal(Shape.Of(body), Project(projection, bypass).Output);
        Assert.Equal(["it.weight"], Project(projection, bypass).Parameters.Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData(new long[] { 4, 28, 28 }, new long[] { 8, 26, 26 })]
    [InlineData(new long[] { 4, 28, 28 }, new long[] { 8, 29, 28 })]
    [InlineData(new long[] { 4, 28, 28 }, new long[] { 8 })]
    [InlineData(new long[] { 6, 10 }, new long[] { 5, 10 })]
    [InlineData(new long[] { }, new long[] { })]
    public void What_no_stride_or_weight_gives_has_no_projection(long[] bypass, long[] body) =>
        Assert.Null(BypassProjection.Between(Shape.Of(bypass), Shape.Of(body)));

    private static LayerOutcome.Facts Project(BypassProjection projection, long[] bypass) => Assert.IsType<LayerOutcome.Facts>(
        projection.Rule.Infer(new LayerContext(projection.Arguments, Shape.Of(bypass), "it", "it", SourceSpan.Nowhere)));

    private static LayerOutcome Infer(string kind, Shape first, Shape second, long axis) => Infer(kind, [first, second], axis);

    private static LayerOutcome Infer(string kind, params Shape[] shapes) => Infer(kind, shapes, 1);

    private static LayerOutcome Infer(string kind, Shape[] shapes, long axis)
    {
        var arguments = new CheckedArguments(CheckedArguments.None.Values.Add("axis", axis));
        ImmutableArray<CombinationInput> inputs = [.. shapes.Select((shape, index) => new CombinationInput($"branch {index}", shape))];
        return CombinationCatalogue.Find(kind)!.Infer(new CombinationContext(arguments, inputs, SourceSpan.Nowhere));
    }
}
