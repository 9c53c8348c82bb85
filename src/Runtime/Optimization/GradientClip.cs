using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>PyTorch's <c>clip_grad_norm_</c>: the 2-norm of all gradients together is at most the maximum.</summary>
internal static class GradientClip
{
    private const double Epsilon = 1e-6; // as in PyTorch

    /// <param name="pieces">The gradients that this rank adds to the norm, and scales.</param>
    /// <param name="copies">Those among them that another rank adds too: they count once. They are disposed.</param>
    /// <param name="group">The ranks that hold the other gradients; null where there are none.</param>
    /// <param name="device">The rank's, which may hold no gradients at all.</param>
    public static void Apply(
        ImmutableArray<Tensor> pieces,
        ImmutableArray<Tensor> copies,
        double maximumNorm,
        ICollectiveGroup? group,
        Device device)
    {
        var factor = maximumNorm / (Math.Sqrt(SquareSum(pieces, copies, group, device)) + Epsilon);
        if (factor >= 1)
            return;
        using var scale = factor.ToScalar();
        foreach (var piece in pieces)
            piece.mul_(scale);
    }

    private static double SquareSum(
        ImmutableArray<Tensor> pieces, ImmutableArray<Tensor> copies, ICollectiveGroup? group, Device device)
    {
        using var scope = NewDisposeScope();
        var sum = zeros([], ScalarType.Float64, device);
        foreach (var piece in pieces)
            sum.add_(Square(piece));
        foreach (var copy in copies)
        {
            sum.sub_(Square(copy));
            copy.Dispose();
        }

        group?.AllReduce(sum);
        return sum.ToDouble();
    }

    private static Tensor Square(Tensor gradient)
    {
        var norm = gradient.norm().to(ScalarType.Float64);
        return norm.mul(norm);
    }
}
