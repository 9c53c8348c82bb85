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
    /// <param name="group">The ranks that hold the other gradients; null where there are none.</param>
    /// <param name="device">The rank's, which may hold no gradients at all.</param>
    public static void Apply(
        ImmutableArray<Tensor> pieces, double maximumNorm, ICollectiveGroup? group, Device device)
    {
        var factor = maximumNorm / (Math.Sqrt(SquareSum(pieces, group, device)) + Epsilon);
        if (factor >= 1)
            return;
        using var scale = factor.ToScalar();
        foreach (var piece in pieces)
            piece.mul_(scale);
    }

    private static double SquareSum(ImmutableArray<Tensor> pieces, ICollectiveGroup? group, Device device)
    {
        using var scope = NewDisposeScope();
        var sum = zeros([], ScalarType.Float64, device);
        foreach (var piece in pieces)
        {
            var norm = piece.norm().to(ScalarType.Float64);
            sum.add_(norm.mul_(norm));
        }

        group?.AllReduce(sum);
        return sum.ToDouble();
    }
}
