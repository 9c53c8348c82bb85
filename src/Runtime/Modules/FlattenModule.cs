using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Flatten: all dimensions of a sample become one.</summary>
internal sealed class FlattenModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].flatten(1);
}
