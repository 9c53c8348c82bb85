using TorchSharp;

namespace ParDsl.Runtime.Data;

/// <summary>
/// A rank's share of a micro-batch, ready on its device. Whoever takes it disposes it after the backward pass that uses it:
/// its memory then holds a later batch, so nothing may keep its tensors.
/// </summary>
public sealed class Batch(BatchPlace place, torch.Tensor inputs, torch.Tensor targets, Action release) : IDisposable
{
    public BatchPlace Place { get; } = place;

    /// <summary>[count, input...]: numbers, scaled, in the training's precision, or tokens of int64.</summary>
    public torch.Tensor Inputs { get; } = inputs;

    /// <summary>[count, places...] of int64 for classes, [count, target...] for values.</summary>
    public torch.Tensor Targets { get; } = targets;

    /// <summary>The samples of this share; it may be 0.</summary>
    public int Count => Place.Count;

    public void Dispose()
    {
        Inputs.Dispose();
        Targets.Dispose();
        release();
    }
}
