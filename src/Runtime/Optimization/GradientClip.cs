using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Optimization;

/// <summary>PyTorch's <c>clip_grad_norm_</c>: the 2-norm of all gradients together is at most the maximum.</summary>
internal static class GradientClip
{
    private const double Epsilon = 1e-6; // as in PyTorch

    /// <summary>
    /// How many squares are added up in the gradients' own type. libtorch adds all of them so, into a few sums side by side, and
    /// where a sum has grown large the small ones behind it are rounded away: of 2^28 equal gradients half are.
    /// </summary>
    private const long RowElements = 1 << 12;

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
            sum.Increase(SquareSum(piece));
        foreach (var copy in copies)
        {
            sum.sub_(SquareSum(copy));
            copy.Dispose();
        }

        group?.AllReduce(sum);
        return TensorNumber.Real(sum);
    }

    /// <summary>Row by row, and the rows' sums in float64.</summary>
    private static Tensor SquareSum(Tensor gradient)
    {
        var rowCount = gradient.numel() / RowElements;
        if (rowCount == 0)
            return Squares(gradient.norm());
        var inRows = rowCount * RowElements;
        var rows = gradient.narrow(0, 0, inRows).view(rowCount, RowElements).norm(1); // [rows]
        var rest = gradient.narrow(0, inRows, gradient.numel() - inRows).norm(); // []
        return Squares(rows).sum().Increase(Squares(rest));
    }

    private static Tensor Squares(Tensor norms)
    {
        using var two = 2.ToScalar();
        return norms.to(ScalarType.Float64).pow(two);
    }
}
