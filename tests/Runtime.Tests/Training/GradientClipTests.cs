using ParDsl.Runtime.Native;
using ParDsl.Runtime.Optimization;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Tests.Training;

/// <summary>The norm that a clip goes by, of as many gradients as a flat buffer holds.</summary>
public sealed class GradientClipTests
{
    private const double MaximumNorm = 1;

    public GradientClipTests() => NativeLibraries.Load();

    [Theory]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData((1 << 20) + 17)]
    [InlineData(1 << 24)]
    public void Small_gradients_are_not_lost_beside_the_sum_of_many(long count)
    {
        using var scope = NewDisposeScope();
        var gradients = full([count], 0.1f, dtype: ScalarType.Float32);
        GradientClip.Apply([gradients], [], MaximumNorm, null, CPU);
        var norm = gradients.to(ScalarType.Float64).norm().ToDouble();
        Assert.InRange(norm, MaximumNorm * 0.9999, MaximumNorm * 1.0001);
    }

    [Fact]
    public void What_another_rank_adds_too_counts_once()
    {
        using var scope = NewDisposeScope();
        var gradients = ones([10_000], ScalarType.Float32);
        GradientClip.Apply([gradients], [gradients.narrow(0, 100, 5_000)], MaximumNorm, null, CPU);
        Assert.Equal(1 / Math.Sqrt(5_000), gradients[0].ToDouble(), 1e-6);
    }
}
