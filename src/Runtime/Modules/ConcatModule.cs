using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's cat. The axis counts the batch as 0, as PyTorch's dim does.</summary>
internal sealed class ConcatModule(LayerSite site) : ILayerModule
{
    private readonly long axis = site.Arguments.Integer("axis");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => cat([.. inputs], axis);
}
