using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// Compares tensors by name. A tensor's difference is that of its farthest elements, over the larger of its own greatest
/// magnitude and a floor.
/// </summary>
internal static class TensorDifferences
{
    /// <summary>The largest of all tensors' differences. Both have the same names and shapes.</summary>
    /// <param name="floor">The least that counts as a tensor's size, by its name.</param>
    public static Difference Largest(
        ImmutableSortedDictionary<string, Tensor> expected,
        ImmutableSortedDictionary<string, Tensor> actual,
        Func<string, double> floor)
    {
        var largest = Difference.None;
        foreach (var (name, tensor) in expected)
            largest = largest.Or(Of(name, tensor, actual[name], floor(name)));
        return largest;
    }

    private static Difference Of(string name, Tensor expected, Tensor actual, double floor)
    {
        using var scope = NewDisposeScope();
        var wide = expected.to(ScalarType.Float64);
        var difference = TensorNumber.Real(actual.to(ScalarType.Float64).sub(wide).abs().max());
        return Difference.Of(difference, Math.Max(TensorNumber.Real(wide.abs().max()), floor), name);
    }
}
