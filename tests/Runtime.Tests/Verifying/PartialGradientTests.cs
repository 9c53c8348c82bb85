using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Verifying;
using Xunit;

namespace ParDsl.Runtime.Tests.Verifying;

/// <summary>
/// Of an attention's combined bias the keys' third has no gradient but rounding, which decay through Adam grows into whole
/// steps: that alone is no other learning.
/// </summary>
public sealed class PartialGradientTests
{
    private const int SampleCount = 64;
    private const string Bias = "0.1.in_proj_bias";
    private const string Decayed = "adam lr=1e-2 weight_decay=1e-2";

    [Theory]
    [InlineData("data 2")]
    [InlineData("tensor 2")]
    [InlineData("pipeline 2")]
    [InlineData("data 2; tensor 2 sequence=true; shard optimizer")]
    public void Steps_of_rounding_in_a_part_of_a_tensor_pass(string layout)
    {
        var result = Compare(PlanFor(layout, 1));
        Assert.True(result.Passes, result.ToString());
        Assert.Equal((Bias, 8), Assert.Single(result.PartlyWithoutGradient) is var part ? (part.Key, part.Value) : default);
        Assert.Empty(result.WithoutGradient);
    }

    /// <summary>As if the bias were not of three blocks: rank 0's queries, keys and values land in the queries and half the keys.</summary>
    [Fact]
    public void Gradients_that_land_in_that_part_are_seen()
    {
        var plan = PlanFor("tensor 2", 1);
        var cuts = plan.Tensor.Cuts;
        var mistaken = plan with { Tensor = plan.Tensor with { Cuts = cuts.SetItem(Bias, cuts[Bias] with { Blocks = 1 }) } };
        var result = Compare(mistaken);
        Assert.False(result.Passes);
        Assert.Equal(Bias, result.Gradients.Place);
        Assert.True(result.Gradients.Relative > 1e-3, result.ToString());
    }

    /// <summary>SGD leaves rounding as small as it is, so its weights need no room.</summary>
    [Fact]
    public void An_optimizer_that_makes_no_steps_of_it_stays_near()
    {
        var result = Compare(PlanFor("tensor 2", 1, "sgd lr=1e-1 momentum=0.9 weight_decay=1e-2"));
        Assert.True(result.Passes, result.ToString());
        Assert.InRange(result.Weights.Relative, 0, 1e-12);
    }

    [Theory]
    [InlineData("data 2", Decayed, "adam lr=1e-2 weight_decay=1.0001e-2")]
    [InlineData("tensor 2", Decayed, "adam lr=1.0001e-2 weight_decay=1e-2")]
    public void Another_optimizer_is_seen_beside_it(string layout, string optimizer, string other)
    {
        var result = Compare(PlanFor(layout, 1, optimizer), other);
        Assert.False(result.Passes);
        Assert.True(result.Weights.Relative > 1e-8, result.ToString());
    }

    private static LayoutResult Compare(ExecutionPlan layout, string? optimizerAlone = null)
    {
        using var verifier = new Verifier(Specs.Data(layout.Program, SampleCount), 5, null);
        var alone = PlanFor("data 1", layout.Batch.MicroBatchCount, optimizerAlone ?? Words(layout));
        return verifier.Compare(layout, alone, TestContext.Current.CancellationToken);
    }

    private static string Words(ExecutionPlan plan)
    {
        var optimizer = plan.Program.Training.Optimizer;
        return optimizer.Kind == "sgd" ? "sgd lr=1e-1 momentum=0.9 weight_decay=1e-2" : Decayed;
    }

    private static ExecutionPlan PlanFor(string layout, int accumulate, string optimizer = Decayed) => Specs.Plan(
        "input [8, 8]; target class 3",
        """
          residual { layer_norm; attention heads=2 bias=true }
          residual { layer_norm; linear 16; gelu; linear 8 }
          flatten; linear 3
        """,
        $"loss cross_entropy; optimizer {optimizer}; batch 16; accumulate {accumulate}; steps 20; seed 7; precision float64",
        layout,
        SampleCount);
}
