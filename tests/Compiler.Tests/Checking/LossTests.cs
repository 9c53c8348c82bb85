using ParDsl.Diagnostics;
using Xunit;

namespace ParDsl.Compiler.Tests.Checking;

/// <summary>The loss compares the model's output with the target: what it says where the two do not fit.</summary>
public sealed class LossTests
{
    private const string Classes = "source synthetic 320; input [10]; target class 10";
    private const string CrossEntropy = "loss cross_entropy; optimizer adam; batch 32";

    [Fact]
    public void The_articles_mistake_is_told_as_the_style_guide_says()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(model: "fc1: linear 5; relu; fc2: linear 2")));
        Assert.Equal("PD3004", found.Code);
        Assert.Equal("the loss compares `fc2` of shape [32, 2] with a target of shape [32, 5]", found.Message);
        Assert.Equal("fc2: linear 2", found.Span.Text);
        Assert.Equal("this layer gives 2", found.Label);
        Assert.Equal("write `fc2: linear 5`", found.Help);
        var target = Assert.Single(found.Related);
        Assert.Equal("[5]", target.Span.Text);
        Assert.Equal("the target has 5 values", target.Label);
    }

    [Theory]
    [InlineData("linear 2", "`linear 2` of shape [32, 2]", "write `linear 5`")]
    [InlineData("linear 2 bias=false", "`linear 2 bias=false`", "write `linear 5 bias=false`")]
    [InlineData("fc2: linear 2; relu", "`fc2`", "write `fc2: linear 5`")]
    [InlineData("fc2: linear 2; relu; dropout 0.5", "`fc2`", "write `fc2: linear 5`")]
    [InlineData("relu", "`relu` of shape [32, 10]", "write `linear 5` at the model's end, or `target [10]`")]
    public void The_layer_that_makes_the_shape_is_the_one_to_mend(string model, string message, string help)
    {
        var found = Spec.Only(Spec.Check(Spec.Of(model: model)));
        Assert.Equal("PD3004", found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(help, found.Help);
    }

    [Fact]
    public void Cross_entropy_needs_one_output_for_each_class()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(data: Classes, model: "out: linear 8", train: CrossEntropy)));
        Assert.Equal("PD3004", found.Code);
        Assert.Equal(
            "the loss compares `out` of shape [32, 8] with a target of 10 classes, which needs shape [32, 10]",
            found.Message);
        Assert.Equal("write `out: linear 10`", found.Help);
        Assert.Equal("class 10", Assert.Single(found.Related).Span.Text);
    }

    [Fact]
    public void An_image_at_the_end_asks_for_flatten()
    {
        var data = "source synthetic 320; input [1, 8, 8]; target class 10";
        var found = Spec.Only(Spec.Check(Spec.Of(data: data, model: "conv2d 4", train: CrossEntropy)));
        Assert.Equal("write `flatten; linear 10` at the model's end", found.Help);
    }

    [Theory]
    [InlineData("linear 10; softmax", CrossEntropy, Classes, "`cross_entropy` applies softmax itself")]
    [InlineData("linear 5; sigmoid", "loss bce_with_logits; optimizer adam", Spec.Data, "`bce_with_logits` applies sigmoid itself")]
    public void An_activation_that_the_loss_applies_is_a_warning(string model, string train, string data, string message)
    {
        var result = Spec.Check(Spec.Of(data: data, model: model, train: train));
        var found = Spec.Only(result);
        Assert.Equal(("PD3007", Severity.Warning), (found.Code, found.Severity));
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.NotNull(result.Value);
    }

    [Fact]
    public void Numbers_cannot_be_had_from_a_class_target()
    {
        var found = Spec.Only(Spec.Check(Spec.Of(data: Classes, model: "linear 10")));
        Assert.Equal("PD3005", found.Code);
        Assert.Equal("`mse` compares with numbers, but the target has 10 classes", found.Message);
        Assert.Equal("write `loss cross_entropy`", found.Help);
    }
}
