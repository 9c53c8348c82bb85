using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>A linear layer of which each tensor rank has a part of the inputs: the parts' outputs are summed.</summary>
internal sealed class RowLinear(LayerSite site, string weight, string bias)
{
    private readonly LinearProduct product = new(site, weight, null);
    private readonly Tensor? bias = site.TensorOrNone(bias); // [outputs]
    private readonly TensorRanks ranks = site.Ranks;

    public Tensor Of(Tensor input)
    {
        using var part = product.Of(input);
        var sum = ranks.Sum(part);
        if (bias is null)
            return sum;
        using (sum)
            return sum.Plus(bias);
    }
}
