using ParDsl.Runtime.Data;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>What a rank holds of a micro-batch between its actions.</summary>
internal sealed class MicroBatchState
{
    private readonly Dictionary<int, Tensor> gradients = [];

    public Batch? Batch { get; set; }

    /// <summary>Values that cross a segment's border, by the layer that gave them.</summary>
    public Dictionary<int, Tensor> Values { get; } = [];

    /// <summary>What each segment's pass left for its backward pass, by the segment's index.</summary>
    public Dictionary<int, SegmentTrace> Traces { get; } = [];

    /// <summary>What the model gave; null before the forward pass, and where no rank has samples of the micro-batch.</summary>
    public Tensor? Output { get; set; }

    /// <summary>The loss summed over the rank's slice, from which backward starts.</summary>
    public Tensor? LossSum { get; set; }

    /// <summary>Adds to the gradient of a value that crosses a border.</summary>
    /// <param name="gradient">Now this object's.</param>
    public void AddGradient(int value, Tensor gradient)
    {
        if (!gradients.TryGetValue(value, out var sum))
        {
            gradients.Add(value, gradient);
            return;
        }

        using var guard = no_grad();
        sum.add_(gradient);
        gradient.Dispose();
    }

    /// <summary>The gradient of a value, which becomes the caller's; null where nothing was added.</summary>
    public Tensor? TakeGradient(int value) => gradients.Remove(value, out var gradient) ? gradient : null;

    /// <summary>Lets a value go that nobody reads any more.</summary>
    public void Drop(int value)
    {
        if (Values.Remove(value, out var tensor))
            tensor.Dispose();
    }

    /// <summary>Lets the loss, the output and the batch go: the batch's memory then holds a later batch.</summary>
    public void ReleaseBatch()
    {
        LossSum?.Dispose();
        Output?.Dispose();
        Batch?.Dispose();
        (LossSum, Output, Batch) = (null, null, null);
    }

    /// <summary>Lets all go.</summary>
    public void Release()
    {
        ReleaseBatch();
        foreach (var trace in Traces.Values)
            trace.Dispose();
        foreach (var tensor in Values.Values.Concat(gradients.Values))
            tensor.Dispose();
        Traces.Clear();
        Values.Clear();
        gradients.Clear();
    }
}
