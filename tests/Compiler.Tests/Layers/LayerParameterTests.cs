using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using Xunit;
using static ParDsl.Compiler.Tests.Layers.LayerCase;

namespace ParDsl.Compiler.Tests.Layers;

public sealed class LayerParameterTests
{
    [Fact]
    public void A_linear_layer_learns_PyTorchs_weight_and_bias()
    {
        var parameters = Facts("linear", [64], ("outputs", 10L)).Parameters;
        Assert.Equal(["it.weight", "it.bias"], parameters.Select(parameter => parameter.Name));
        Assert.Equal([Shape.Of(10, 64), Shape.Of(10)], parameters.Select(parameter => parameter.Shape));
        Assert.All(parameters, parameter => Assert.Equal(new Initialization.Uniform(1.0 / 8), parameter.Initialization));
    }

    [Fact]
    public void A_convolution_starts_within_one_over_the_root_of_its_fan_in()
    {
        var parameters = Facts("conv2d", [4, 8, 8], ("channels", 6L), ("kernel", Pair(2, 2))).Parameters;
        Assert.Equal(new Initialization.Uniform(0.25), parameters[0].Initialization);
        Assert.Equal(Shape.Of(6, 4, 2, 2), parameters[0].Shape);
        Assert.Equal(Shape.Of(6), parameters[1].Shape);
    }

    [Theory]
    [InlineData("linear", "outputs")]
    [InlineData("conv2d", "channels")]
    public void Without_bias_there_is_only_a_weight(string kind, string size) =>
        Assert.Equal(["it.weight"], Facts(kind, [4, 8, 8], (size, 6L), ("bias", false)).Parameters.Select(parameter => parameter.Name));

    [Fact]
    public void Batch_norm_learns_and_tracks_what_PyTorchs_does()
    {
        var facts = Facts("batch_norm", [5, 8, 8]);
        Assert.Equal(
            [
                new CheckedParameter("it.weight", Shape.Of(5), new Initialization.Constant(1)),
                new CheckedParameter("it.bias", Shape.Of(5), new Initialization.Constant(0)),
            ],
            facts.Parameters);
        Assert.Equal(
            [
                new CheckedBuffer("it.running_mean", Shape.Of(5), 0, IsInteger: false),
                new CheckedBuffer("it.running_var", Shape.Of(5), 1, IsInteger: false),
                new CheckedBuffer("it.num_batches_tracked", Shape.Of(), 0, IsInteger: true),
            ],
            facts.Buffers);
    }

    [Fact]
    public void Layer_norm_learns_over_the_last_dimension() =>
        Assert.All(Facts("layer_norm", [7, 5]).Parameters, parameter => Assert.Equal(Shape.Of(5), parameter.Shape));

    [Fact]
    public void The_catalogue_is_sorted_and_finds_each_rule_by_its_name()
    {
        var names = LayerCatalogue.Rules.Select(rule => rule.Name).ToArray();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(LayerCatalogue.Rules, rule => Assert.Same(rule, LayerCatalogue.Find(rule.Name)));
        Assert.Null(LayerCatalogue.Find("add"));
    }
}
