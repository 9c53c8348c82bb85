using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Verifying;

/// <summary>
/// The elements of parameters whose gradients are zero but for rounding: in every update the reference's is no larger than
/// <c>share</c> of its floor, and in one at least, on either side, it is not zero. Where it always is, no optimizer has
/// anything to make steps of. A third of an attention's combined bias, the keys', is of this kind: softmax takes away what it
/// adds.
/// </summary>
/// <param name="share">Of a gradient's floor: see <see cref="ShareOf"/>.</param>
internal sealed class RoundingElements(double share) : IDisposable
{
    /// <summary>In 16 bits a thousand roundings are more than there is.</summary>
    private const double MostShare = 1e-3;

    private readonly Dictionary<string, Tensor> small = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Tensor> moving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> noises = new(StringComparer.Ordinal);

    /// <summary>
    /// A sum of a million terms is off by about a thousand roundings of what it consists of. What is larger is a gradient,
    /// however small, and what the tolerance would tell from zero is one in any case.
    /// </summary>
    public static double ShareOf(Precision precision, double tolerance) =>
        Math.Min(Math.Min(1024 * precision.UnitRoundoff(), MostShare), tolerance);

    /// <summary>One update's gradients, by parameters' names, on one device and on the layout.</summary>
    /// <param name="floor">What each gradient is measured by, by its name.</param>
    public void Add(
        ImmutableSortedDictionary<string, Tensor> expected,
        ImmutableSortedDictionary<string, Tensor> actual,
        Func<string, double> floor)
    {
        foreach (var (name, gradient) in expected)
        {
            using var scope = NewDisposeScope();
            var noise = share * floor(name);
            noises[name] = Math.Max(noises.GetValueOrDefault(name), noise);
            using var limit = noise.ToScalar();
            using var zero = 0.ToScalar();
            var isSmall = gradient.to(ScalarType.Float64).abs().le(limit);
            var isMoving = gradient.ne(zero).logical_or(actual[name].ne(zero));
            Keep(small, name, small.TryGetValue(name, out var before) ? before.logical_and(isSmall) : isSmall);
            Keep(moving, name, moving.TryGetValue(name, out var sooner) ? sooner.logical_or(isMoving) : isMoving);
        }
    }

    /// <summary>The greatest magnitude that counted as rounding in a parameter's gradient.</summary>
    public double Noise(string parameter) => noises[parameter];

    /// <summary>True at those elements, in the parameter's shape, the caller's to dispose; null where there are none.</summary>
    public Tensor? Of(string name)
    {
        if (!small.TryGetValue(name, out var isSmall))
            return null;
        using var scope = NewDisposeScope();
        var mask = isSmall.logical_and(moving[name]);
        return TensorNumber.IsTrue(mask.any()) ? mask.MoveToOuterDisposeScope() : null;
    }

    /// <summary>How many elements of a parameter there are, by the names of those parameters that have any.</summary>
    public ImmutableSortedDictionary<string, long> Counts()
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var name in small.Keys)
        {
            using var scope = NewDisposeScope();
            if (Of(name) is { } mask)
                counts.Add(name, TensorNumber.Whole(mask.sum()));
        }

        return counts.ToImmutable();
    }

    /// <summary>Whether a parameter has no others, but for elements whose gradient is exactly zero.</summary>
    public bool IsWhole(string name)
    {
        using var scope = NewDisposeScope();
        return TensorNumber.IsTrue(small[name].all());
    }

    public void Dispose()
    {
        foreach (var mask in small.Values.Concat(moving.Values))
            mask.Dispose();
    }

    private static void Keep(Dictionary<string, Tensor> masks, string name, Tensor mask)
    {
        if (masks.Remove(name, out var before))
            before.Dispose();
        masks[name] = mask.DetachFromDisposeScope();
    }
}
