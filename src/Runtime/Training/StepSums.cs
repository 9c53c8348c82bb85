using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// What a rank adds up until it is reported: the loss, each metric, and what it was asked for: to stop, to pause for a
/// checkpoint. One small float64 tensor on the rank's device, so that one all-reduce makes all ranks agree on that, too.
/// </summary>
internal sealed class StepSums : IDisposable
{
    /// <summary>What asks for a pause adds in the last place, where each that asks for the end adds 1: exact, and no move more.</summary>
    private const double PauseShare = 1.0 / 65536;

    private readonly ImmutableArray<Tensor> slots;
    private readonly Tensor one;
    private readonly Tensor share;
    private readonly double[] taken;

    public StepSums(int measureCount, Device device)
    {
        All = zeros([measureCount + 1], ScalarType.Float64, device).DetachFromDisposeScope();
        one = ones([], ScalarType.Float64, device).DetachFromDisposeScope();
        using var pause = PauseShare.ToScalar();
        share = full([], pause, ScalarType.Float64, device).DetachFromDisposeScope();
        slots = [.. Enumerable.Range(0, measureCount + 1).Select(slot => All.select(0, slot).DetachFromDisposeScope())];
        taken = new double[measureCount + 1];
    }

    public Tensor All { get; }

    /// <summary>Called without gradients.</summary>
    /// <param name="sum">A scalar of any element type.</param>
    public void Add(int measure, Tensor sum) => slots[measure].Increase(sum);

    /// <summary>Whether what was taken last asks all ranks to pause.</summary>
    public bool MustPause { get; private set; }

    public void AskToStop() => slots[^1].Increase(one);

    /// <summary>For a checkpoint. One rank of all may ask.</summary>
    public void AskToPause() => slots[^1].Increase(share);

    /// <summary>The sums so far, which begin again at 0. The span holds until the next call.</summary>
    /// <param name="mustStop">Whether any rank was asked to.</param>
    public ReadOnlySpan<double> Take(out bool mustStop)
    {
        // zero_ makes a second handle, which a scope must own.
        using var scope = NewDisposeScope();
        TensorMemory.Elements<double>(All.cpu()).CopyTo(taken);
        All.zero_();
        mustStop = taken[^1] >= 1;
        MustPause = taken[^1] > Math.Floor(taken[^1]);
        return taken.AsSpan(0, taken.Length - 1);
    }

    public void Dispose()
    {
        foreach (var tensor in slots.Append(one).Append(share).Append(All))
            tensor.Dispose();
    }
}
