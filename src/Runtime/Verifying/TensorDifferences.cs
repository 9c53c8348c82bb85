using System.Collections.Immutable;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// Compares tensors by name. A tensor's difference is that of its farthest elements, over the larger of its own greatest
/// magnitude and a floor that all tensors share: a gradient that is zero but for rounding has no size of its own.
/// </summary>
internal static class TensorDifferences
{
    /// <summary>The largest of all tensors' differences. Both have the same names and shapes.</summary>
    public static Difference Largest(
        ImmutableSortedDictionary<string, Tensor> expected, ImmutableSortedDictionary<string, Tensor> actual, double floor)
    {
        var largest = Difference.None;
        foreach (var (name, tensor) in expected)
            largest = largest.Or(Of(name, tensor, actual[name], floor));
        return largest;
    }

    /// <summary>The root of the mean of all elements' squares.</summary>
    public static double RootMeanSquare(ImmutableSortedDictionary<string, Tensor> tensors)
    {
        var (sum, count) = (0.0, 0L);
        foreach (var tensor in tensors.Values)
        {
            using var scope = NewDisposeScope();
            var wide = tensor.to(ScalarType.Float64);
            sum += wide.mul(wide).sum().ToDouble();
            count += tensor.numel();
        }

        return count == 0 ? 0 : Math.Sqrt(sum / count);
    }

    private static Difference Of(string name, Tensor expected, Tensor actual, double floor)
    {
        if (expected.numel() == 0)
            return Difference.None;
        using var scope = NewDisposeScope();
        var wide = expected.to(ScalarType.Float64);
        var difference = actual.to(ScalarType.Float64).sub(wide).abs().max().ToDouble();
        return Difference.Of(difference, Math.Max(wide.abs().max().ToDouble(), floor), name);
    }
}
