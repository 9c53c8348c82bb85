using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// What a rank adds up until it is reported: the loss, each metric, and whether it was asked to stop. One small float64 tensor
/// on the rank's device, so that one all-reduce makes all ranks agree, on stopping too.
/// </summary>
internal sealed class StepSums : IDisposable
{
    private readonly ImmutableArray<Tensor> slots;
    private readonly Tensor one;
    private readonly double[] taken;

    public StepSums(int measureCount, Device device)
    {
        All = zeros([measureCount + 1], ScalarType.Float64, device).DetachFromDisposeScope();
        one = ones([], ScalarType.Float64, device).DetachFromDisposeScope();
        slots = [.. Enumerable.Range(0, measureCount + 1).Select(slot => All.select(0, slot).DetachFromDisposeScope())];
        taken = new double[measureCount + 1];
    }

    public Tensor All { get; }

    /// <summary>Called without gradients.</summary>
    /// <param name="sum">A scalar of any element type.</param>
    public void Add(int measure, Tensor sum) => slots[measure].add_(sum);

    public void AskToStop() => slots[^1].add_(one);

    /// <summary>The sums so far, which begin again at 0. The span holds until the next call.</summary>
    /// <param name="mustStop">Whether any rank was asked to.</param>
    public ReadOnlySpan<double> Take(out bool mustStop)
    {
        // zero_ makes a second handle, which a scope must own.
        using var scope = NewDisposeScope();
        TensorMemory.Elements<double>(All.cpu()).CopyTo(taken);
        All.zero_();
        mustStop = taken[^1] > 0;
        return taken.AsSpan(0, taken.Length - 1);
    }

    public void Dispose()
    {
        foreach (var tensor in slots.Append(one).Append(All))
            tensor.Dispose();
    }
}
