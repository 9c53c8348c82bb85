using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Tests.Training;
using ParDsl.Runtime.Verifying;
using Xunit;

namespace ParDsl.Runtime.Tests.Verifying;

/// <summary>The comparison lets a sound layout pass, and sees one that learns something else.</summary>
public sealed class VerifierTests
{
    private const int SampleCount = 64;
    private const string Model = "conv2d 4 kernel=3; batch_norm; relu; flatten; fc1: linear 8; tanh; dropout 0.2; fc2: linear 3";

    [Theory]
    [InlineData("data 2")]
    [InlineData("data 4; shard parameters")]
    [InlineData("pipeline 2 microbatches=4 schedule=zero_bubble")]
    [InlineData("data 2; pipeline 2")]
    public void A_sound_layout_passes_in_float64(string layout)
    {
        var result = Compare(PlanFor(layout, 1), plan => PlanFor("data 1", plan.Batch.MicroBatchCount));
        Assert.True(result.Passes, result.ToString());
        Assert.Equal(result.PlannedBytes, result.MovedBytes);
        Assert.Contains("0.bias", result.WithoutGradient); // Batch norm takes away what it adds.
        Assert.DoesNotContain("fc1.bias", result.WithoutGradient);
    }

    [Fact]
    public void Another_learning_rate_shows_in_the_weights()
    {
        var result = Compare(PlanFor("data 2", 1, rate: "1.001e-3"), plan => PlanFor("data 1", plan.Batch.MicroBatchCount));
        Assert.False(result.Passes);
        Assert.True(result.Weights.Relative > 1e-6, result.ToString());
    }

    /// <summary>One rounding of bfloat16 is larger than what passes in float32.</summary>
    [Theory]
    [InlineData("data 2")]
    [InlineData("tensor 2")]
    public void Sixteen_bits_have_a_tolerance_of_their_own(string layout)
    {
        var rounded = Compare(
            PlanFor(layout, 1, precision: "bfloat16"), plan => PlanFor("data 1", plan.Batch.MicroBatchCount, precision: "bfloat16"));
        Assert.True(rounded.Passes, rounded.ToString());
        Assert.True(rounded.Gradients.Relative > 1e-3, rounded.ToString());
        var wrong = Compare(
            PlanFor(layout, 1, dropout: "0.9", precision: "bfloat16"), plan => PlanFor("data 1", plan.Batch.MicroBatchCount, precision: "bfloat16"));
        Assert.False(wrong.Passes, wrong.ToString());
    }

    [Fact]
    public void Another_clip_shows_in_the_gradients()
    {
        var result = Compare(PlanFor("data 2", 1, clip: "0.10001"), plan => PlanFor("data 1", plan.Batch.MicroBatchCount));
        Assert.False(result.Passes);
        Assert.InRange(result.Gradients.Relative, 1e-5, 1e-3);
    }

    [Fact]
    public void Other_dropout_masks_show_in_the_loss_of_the_first_step()
    {
        var result = Compare(PlanFor("data 2", 1, dropout: "0.21"), plan => PlanFor("data 1", plan.Batch.MicroBatchCount));
        Assert.False(result.Passes);
        Assert.NotEqual("", result.Losses.Place);
    }

    [Fact]
    public void A_cancellation_ends_it_between_two_updates()
    {
        var plan = PlanFor("data 2", 1);
        using var verifier = new Verifier(Specs.Data(plan.Program, SampleCount), 3, null);
        Assert.Throws<OperationCanceledException>(
            () => verifier.Compare(plan, PlanFor("data 1", 1), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void What_is_no_number_never_passes()
    {
        Assert.Equal(double.PositiveInfinity, Difference.Of(double.NaN, 1, "a").Relative);
        Assert.Equal(double.PositiveInfinity, Difference.Of(double.PositiveInfinity, 1, "a").Relative);
        Assert.Equal(double.PositiveInfinity, Difference.Of(1, 0, "a").Relative);
        Assert.Equal(0, Difference.Of(0, 0, "a").Relative);
    }

    private static LayoutResult Compare(ExecutionPlan layout, Func<ExecutionPlan, ExecutionPlan> alone)
    {
        using var verifier = new Verifier(Specs.Data(layout.Program, SampleCount), 4, null);
        return verifier.Compare(layout, alone(layout), TestContext.Current.CancellationToken);
    }

    private static ExecutionPlan PlanFor(
        string layout, int accumulate, string rate = "1e-3", string clip = "0.1", string dropout = "0.2", string precision = "float64") => Specs.Plan(
        "input [2, 8, 8]; target class 3",
        Model.Replace("dropout 0.2", $"dropout {dropout}", StringComparison.Ordinal),
        $"loss cross_entropy; optimizer adamw lr={rate}; batch 16; accumulate {accumulate}; clip {clip}; steps 12; precision {precision}",
        layout,
        SampleCount);
}
