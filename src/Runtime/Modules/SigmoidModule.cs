using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Sigmoid.</summary>
internal sealed class SigmoidModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].sigmoid();
}
