using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Modules.Tensors;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's MultiheadAttention of a sequence with itself, by libtorch's scaled-dot-product kernel, which keeps no table of
/// all weights.
/// </summary>
internal sealed class AttentionModule(LayerSite site) : ILayerModule
{
    // The heads' features are all of them, or those of a tensor rank's heads.
    private readonly Func<Tensor, Tensor> into = site.Split == SplitKind.Heads // features -> 3 heads' features
        ? new ColumnLinear(site, "in_proj_weight", "in_proj_bias").Of
        : new LinearProduct(site, "in_proj_weight", "in_proj_bias").Of;
    private readonly Func<Tensor, Tensor> outOf = site.Split == SplitKind.Heads // heads' features -> features
        ? new RowLinear(site, "out_proj.weight", "out_proj.bias").Of
        : new LinearProduct(site, "out_proj.weight", "out_proj.bias").Of;
    private readonly long features = site.Tensor("in_proj_weight").size(0) / 3;
    private readonly long heads = site.Arguments.Integer("heads");
    private readonly bool isCausal = site.Arguments.Flag("causal");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        using var projected = into(inputs[0]); // [batch, length, 3 features]
        var (batch, length) = (projected.size(0), projected.size(1));
        using var split = projected.view(batch, length, 3, heads, features / heads);
        using var byHead = split.permute(2, 0, 3, 1, 4); // [3, batch, heads, length, features / heads]
        // One node of autograd, which lays three gradients side by side: a `select` each would fill and add three whole ones.
        var parts = byHead.unbind(0);
        using var queries = parts[0];
        using var keys = parts[1];
        using var values = parts[2];
        // TorchSharp's name for `is_causal` lacks a letter.
        using var attended = nn.functional.scaled_dot_product_attention(queries, keys, values, is_casual: isCausal);
        using var byPlace = attended.transpose(1, 2);
        using var joined = byPlace.reshape(batch, length, features);
        return outOf(joined);
    }
}
