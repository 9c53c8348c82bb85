using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's GELU, exact or approximated by tanh.</summary>
internal sealed class GeluModule(LayerSite site) : ILayerModule
{
    private readonly GELU.Approximate approximation =
        site.Arguments.Text("approximate") == "tanh" ? GELU.Approximate.tanh : GELU.Approximate.none;

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].gelu(approximation);
}
