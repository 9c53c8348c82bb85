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
        Assert.Equal(KeyValuePair.Create(Bias, 8L), Assert.Single(result.PartlyWithoutGradient));
        Assert.Empty(result.WithoutGradient);
    }

    /// <summary>As if the bias were not of three blocks: rank 0's queries, keys and values land in the queries and half the keys.</summary>
    [Fact]
    public void Gradients_that_land_in_that_part_are_seen()
    {
        var plan = PlanFor("tensor 2", 1);
        var result = Compare(plan with { Ranks = [.. plan.Ranks.Select(InOneBlock)] });
        Assert.False(result.Passes);
        Assert.Equal(Bias, result.Gradients.Place);
        Assert.True(result.Gradients.Relative > 1e-3, result.ToString());
    }

    /// <summary>SGD leaves rounding as small as it is, so its weights need no room.</summary>
    [Fact]
    public void An_optimizer_that_makes_no_steps_of_it_stays_near()
    {
        const string optimizer = "sgd lr=1e-1 momentum=0.9 weight_decay=1e-2";
        var result = Compare(PlanFor("tensor 2", 1, optimizer), optimizer);
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

    private static LayoutResult Compare(ExecutionPlan layout, string optimizerAlone = Decayed)
    {
        using var verifier = new Verifier(Specs.Data(layout.Program, SampleCount), 5, null);
        var alone = PlanFor("data 1", layout.Batch.MicroBatchCount, optimizerAlone);
        return verifier.Compare(layout, alone, TestContext.Current.CancellationToken);
    }

    private static RankPlan InOneBlock(RankPlan rank) => rank with
    {
        Buckets =
        [
            .. rank.Buckets.Select(bucket => bucket with { Parameters = [.. bucket.Parameters.Select(InOneBlock)] }),
        ],
    };

    private static PlacedParameter InOneBlock(PlacedParameter placed) => placed is { Parameter.Name: Bias, Slice: { } slice }
        ? placed with { Slice = slice with { Cut = slice.Cut with { Blocks = 1 } } }
        : placed;

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
