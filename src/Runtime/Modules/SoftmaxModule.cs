using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Softmax over the last dimension.</summary>
internal sealed class SoftmaxModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].softmax(-1);
}
