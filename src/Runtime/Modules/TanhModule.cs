using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Tanh.</summary>
internal sealed class TanhModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].tanh();
}
