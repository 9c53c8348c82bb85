using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>A linear layer of which each tensor rank makes its part of the outputs.</summary>
internal sealed class ColumnLinear(LayerSite site, string weight, string bias)
{
    private readonly LinearProduct product = new(site, weight, bias);
    private readonly TensorRanks ranks = site.Ranks;

    public Tensor Of(Tensor input)
    {
        using var entered = ranks.Enter(input);
        return product.Of(entered);
    }
}
