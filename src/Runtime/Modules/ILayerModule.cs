using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>One layer at work on one rank: its learned tensors, and what it makes of a slice of a micro-batch.</summary>
internal interface ILayerModule
{
    /// <param name="inputs">In the order of the layer's inputs, each [batch, ...]. They stay the caller's.</param>
    /// <returns>A tensor of its own, never an input: the caller disposes it.</returns>
    Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context);
}
