using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Linear: input weight^T + bias, over the last dimension.</summary>
internal sealed class LinearModule(LayerSite site) : ILayerModule
{
    private readonly LinearProduct product = new(site, "weight", "bias");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => product.Of(inputs[0]);
}
