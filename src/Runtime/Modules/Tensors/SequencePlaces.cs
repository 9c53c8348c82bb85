using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>
/// The places of a sequence, [batch, length, ...], between tensor ranks that each have as many of them, one run after the
/// other. Called without gradients: <see cref="SequenceCrossing"/> is what autograd knows.
/// </summary>
internal sealed class SequencePlaces(ICollectiveGroup group, CallbackFailure callbacks)
{
    private const int Length = LayerSplit.SequenceDimension + 1; // behind the batch

    public CallbackFailure Callbacks => callbacks;

    /// <summary>A view of the rank's places of a whole value.</summary>
    public Tensor Own(Tensor whole)
    {
        var count = whole.size(Length) / group.Size;
        return whole.narrow(Length, group.Rank * count, count);
    }

    /// <summary>All ranks' places, side by side.</summary>
    public Tensor Gather(Tensor own)
    {
        using var guard = no_grad();
        using var input = own.contiguous();
        using var runs = empty([group.Size, .. own.shape], own.dtype, own.device); // [ranks, batch, places, ...]
        group.AllGather(input, runs);
        using var ordered = runs.transpose(0, 1); // [batch, ranks, places, ...]
        return ordered.reshape(Sizes(own, own.size(Length) * group.Size));
    }

    /// <summary>The rank's places of the sum of all ranks' whole values.</summary>
    public Tensor Sum(Tensor whole)
    {
        using var guard = no_grad();
        var count = whole.size(Length) / group.Size;
        var shape = whole.shape;
        using var cut = whole.reshape([shape[0], group.Size, count, .. shape[(Length + 1)..]]);
        using var ordered = cut.transpose(0, 1); // [ranks, batch, places, ...]
        using var runs = ordered.contiguous();
        var sum = empty(Sizes(whole, count), whole.dtype, whole.device);
        group.ReduceScatter(runs, sum);
        return sum;
    }

    private static long[] Sizes(Tensor like, long length)
    {
        var sizes = like.shape;
        sizes[Length] = length;
        return sizes;
    }
}
