using ParDsl.Runtime.Data;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>What a rank holds of a micro-batch between its actions.</summary>
internal sealed class MicroBatchState
{
    private readonly Dictionary<int, Tensor> values = [];
    private readonly Dictionary<int, Tensor> gradients = [];

    public Batch? Batch { get; set; }

    /// <summary>Values that cross a segment's border, by the layer that gave them.</summary>
    public IReadOnlyDictionary<int, Tensor> Values => values;

    /// <summary>What each segment's pass left for its backward pass, by the segment's index.</summary>
    public Dictionary<int, SegmentTrace> Traces { get; } = [];

    /// <summary>What the model gave; null before the forward pass, and where no rank has samples of the micro-batch.</summary>
    public Tensor? Output { get; private set; }

    /// <summary>The loss summed over the rank's slice, from which backward starts.</summary>
    public Tensor? LossSum { get; private set; }

    /// <param name="tensor">Now this object's.</param>
    public void KeepValue(int value, Tensor tensor) => values[value] = tensor.DetachFromDisposeScope();

    /// <summary>Keeps what the model gave, and its loss, in the place of an earlier pass's.</summary>
    public void KeepLoss(Tensor output, Tensor lossSum)
    {
        ReleaseLoss();
        (Output, LossSum) = (output.DetachFromDisposeScope(), lossSum.DetachFromDisposeScope());
    }

    /// <summary>Adds to the gradient of a value that crosses a border.</summary>
    /// <param name="gradient">Now this object's.</param>
    public void AddGradient(int value, Tensor gradient)
    {
        if (!gradients.TryGetValue(value, out var sum))
        {
            gradients.Add(value, gradient.DetachFromDisposeScope());
            return;
        }

        // Not in place: a view of the sum's memory may wait for a deferred weight gradient.
        using var guard = no_grad();
        gradients[value] = sum.Plus(gradient).DetachFromDisposeScope();
        sum.Dispose();
        gradient.Dispose();
    }

    /// <summary>The gradient of a value, which becomes the caller's; null where nothing was added.</summary>
    public Tensor? TakeGradient(int value) => gradients.Remove(value, out var gradient) ? gradient : null;

    /// <summary>Lets a value go that nobody reads any more.</summary>
    public void Drop(int value)
    {
        if (values.Remove(value, out var tensor))
            tensor.Dispose();
    }

    /// <summary>Lets the memory of a value go that is needed elsewhere only; its gradient will come.</summary>
    public void LetGo(int value)
    {
        Drop(value);
        foreach (var trace in Traces.Values)
            trace.LetGo(value);
    }

    /// <summary>Lets the loss and the output go, with the graph that led to them.</summary>
    public void ReleaseLoss()
    {
        LossSum?.Dispose();
        Output?.Dispose();
        (LossSum, Output) = (null, null);
    }

    /// <summary>Lets the batch go: its memory then holds a later one.</summary>
    public void ReleaseBatch()
    {
        Batch?.Dispose();
        Batch = null;
    }

    /// <summary>Lets all go.</summary>
    public void Release()
    {
        ReleaseLoss();
        ReleaseBatch();
        foreach (var trace in Traces.Values)
            trace.Dispose();
        foreach (var tensor in values.Values.Concat(gradients.Values))
            tensor.Dispose();
        Traces.Clear();
        values.Clear();
        gradients.Clear();
    }
}
