using ParDsl.Runtime.Native;
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

    /// <summary>
    /// Lets the memory of an output go that no layer here reads: backward starts from its place in the graph alone (the
    /// "pseudo-deallocation" of Narayanan et al.'s Megatron-LM).
    /// </summary>
    public void LetGo(int value)
    {
        if (!Outputs.TryGetValue(value, out var output))
            return;
        using var guard = no_grad();
        using var number = zeros([], output.dtype, output.device);
        using var shaped = number.expand(output.shape);
        TensorData.Set(output, shaped);
    }

    private IEnumerable<Tensor> All => Leaves.Values.Concat(Outputs.Values);

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }
}
