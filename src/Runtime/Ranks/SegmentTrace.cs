using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// A segment's pass that autograd has recorded: the leaves that stand for the values it read, and what it gave.
/// </summary>
/// <param name="Leaves">By the layer that gave the value; their gradients are those of the values.</param>
/// <param name="Outputs">By layer; where backward starts.</param>
internal sealed record SegmentTrace(Dictionary<int, Tensor> Leaves, Dictionary<int, Tensor> Outputs) : IDisposable
{
    public void Dispose()
    {
        foreach (var tensor in Leaves.Values.Concat(Outputs.Values))
            tensor.Dispose();
    }
}
