using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// Compares weights, and batch norm's running statistics, by name. A tensor's elements are measured by the larger of their
/// greatest magnitude and a floor; those that rounding alone moves must only be within its reach, and neither widen what
/// is asked of the others.
/// </summary>
/// <param name="floor">A weight that is smaller than an update could make it has no size of its own: the learning rate.</param>
/// <param name="tolerance">At the end of its reach an element's difference is this.</param>
/// <param name="rounding">Which elements of a tensor are moved by rounding, and how far apart.</param>
internal sealed class WeightDifferences(double floor, double tolerance, Func<string, MovedElements?> rounding)
{
    /// <summary>The largest of all tensors' differences. Both have the same names and shapes.</summary>
    public Difference Largest(
        ImmutableSortedDictionary<string, Tensor> expected, ImmutableSortedDictionary<string, Tensor> actual)
    {
        var largest = Difference.None;
        foreach (var (name, tensor) in expected)
        {
            using var scope = NewDisposeScope();
            largest = largest.Or(Of(name, tensor.to(ScalarType.Float64), actual[name].to(ScalarType.Float64)));
        }

        return largest;
    }

    private Difference Of(string name, Tensor expected, Tensor actual)
    {
        var (apart, magnitudes) = (actual.sub(expected).abs(), expected.abs());
        if (rounding(name) is not { } moved)
            return Difference.Of(Largest(apart), Math.Max(Largest(magnitudes), floor), name);
        using var zero = 0.ToScalar();
        var scale = Math.Max(Largest(magnitudes.masked_fill(moved.Mask, zero)), floor);
        var others = Difference.Of(Largest(apart.masked_fill(moved.Mask, zero)), scale, name);
        var wide = Math.Max(Math.Max(Largest(magnitudes), floor), moved.Reach / tolerance);
        return others.Or(Difference.Of(Largest(apart.masked_select(moved.Mask)), wide, name));
    }

    private static double Largest(Tensor magnitudes) => TensorNumber.Real(magnitudes.max());
}
