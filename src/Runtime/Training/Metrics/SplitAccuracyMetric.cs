using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training.Metrics;

/// <summary>The accuracy where each tensor rank has the logits of its classes: two numbers of each row go from rank to rank.</summary>
internal sealed class SplitAccuracyMetric(long places, ICollectiveGroup group) : IMeasure
{
    public long TermsPerSample => places;

    public Tensor Sum(Tensor output, Tensor target)
    {
        using var scope = NewDisposeScope();
        var rows = output.flatten(0, -2); // [batch * places, own classes]
        var (greatest, place) = rows.max(1);
        var guess = place.Plus(group.Rank * rows.size(1)).to(rows.dtype);
        var all = empty([group.Size, 2, rows.size(0)], rows.dtype, rows.device);
        group.AllGather(stack([greatest, guess]), all);
        // The first of equal ones, as one device finds it.
        var best = all.select(1, 0).argmax(0, keepdim: true); // [1, rows]
        var guesses = all.select(1, 1).gather(0, best).squeeze(0);
        return guesses.eq(target.flatten()).sum().MoveToOuterDisposeScope();
    }
}
