using static TorchSharp.torch;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// A segment's pass that autograd has recorded: the leaves that stand for the values it read, and what it gave. Its tensors
/// outlive the action that made them.
/// </summary>
internal sealed class SegmentTrace : IDisposable
{
    public SegmentTrace(Dictionary<int, Tensor> leaves, Dictionary<int, Tensor> outputs)
    {
        (Leaves, Outputs) = (leaves, outputs);
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>By the layer that gave the value; their gradients are those of the values.</summary>
    public IReadOnlyDictionary<int, Tensor> Leaves { get; }

    /// <summary>By layer; where backward starts.</summary>
    public IReadOnlyDictionary<int, Tensor> Outputs { get; }

    private IEnumerable<Tensor> All => Leaves.Values.Concat(Outputs.Values);

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }
}
