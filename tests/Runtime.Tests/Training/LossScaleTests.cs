using ParDsl.Runtime.Native;
using ParDsl.Runtime.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>The loss's scale goes as PyTorch's GradScaler's does: a step that overflows halves it, 2000 that do not double it.</summary>
public sealed class LossScaleTests
{
    public LossScaleTests() => NativeLibraries.Load();

    [Fact]
    public void Gradients_lose_the_scale()
    {
        using var scale = new LossScale(LossScale.Initial, CPU);
        using var gradient = tensor(new[] { 65536f, -32768f, 0f });
        scale.Unscale([gradient], group: null);
        Assert.Equal([1f, -0.5f, 0f], gradient.data<float>().ToArray());
        Assert.False(scale.HasOverflow);
    }

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void A_gradient_that_is_not_finite_halves_the_scale_and_the_count_begins_again(float value)
    {
        using var scale = new LossScale(1024, CPU);
        using var fine = tensor(new[] { 1f, 2f });
        Steps(scale, fine, 1999);
        using var overflowing = tensor(new[] { 1f, value });
        scale.Unscale([fine, overflowing], group: null);
        Assert.True(scale.HasOverflow);
        scale.EndStep();
        Assert.Equal((512, 0, 1), (scale.Value, scale.StepsAtValue, scale.SkippedSteps));
        Steps(scale, fine, 1999);
        Assert.Equal((512, 1999), (scale.Value, scale.StepsAtValue));
        Steps(scale, fine, 1);
        Assert.Equal((1024, 0, 1), (scale.Value, scale.StepsAtValue, scale.SkippedSteps));
    }

    /// <summary>From 65536 down to 2^-24 and no further: 40 steps in a row may be skipped.</summary>
    [Fact]
    public void A_scale_is_exhausted_by_the_overflow_that_would_take_it_below_the_least()
    {
        using var scale = new LossScale(LossScale.Initial, CPU);
        using var overflowing = tensor(new[] { float.NaN });
        for (var step = 0; step < 40; step++)
        {
            scale.Unscale([overflowing], group: null);
            Assert.False(scale.IsExhausted);
            scale.EndStep();
        }

        Assert.Equal(LossScale.Least, scale.Value);
        using var fine = tensor(new[] { 1f });
        Steps(scale, fine, 10);
        Assert.False(scale.IsExhausted);
        scale.Unscale([overflowing], group: null);
        Assert.True(scale.IsExhausted);
    }

    [Fact]
    public void A_rank_without_parameters_finds_nothing()
    {
        using var scale = new LossScale(2, CPU);
        scale.Unscale([], group: null);
        Assert.False(scale.HasOverflow);
    }

    private static void Steps(LossScale scale, Tensor gradient, int count)
    {
        for (var step = 0; step < count; step++)
        {
            scale.Unscale([gradient], group: null);
            scale.EndStep();
        }
    }
}
