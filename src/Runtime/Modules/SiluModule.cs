using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's SiLU: x sigmoid(x).</summary>
internal sealed class SiluModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => nn.functional.silu(inputs[0]);
}
