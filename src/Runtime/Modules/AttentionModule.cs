using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's MultiheadAttention of a sequence with itself, by libtorch's scaled-dot-product kernel, which keeps no table of
/// all weights.
/// </summary>
internal sealed class AttentionModule(LayerSite site) : ILayerModule
{
    private readonly LinearProduct into = new(site, "in_proj_weight", "in_proj_bias"); // features -> 3 features
    private readonly LinearProduct outOf = new(site, "out_proj.weight", "out_proj.bias"); // features -> features
    private readonly long length = site.Layer.Output.Sizes[0];
    private readonly long features = site.Layer.Output.Sizes[1];
    private readonly long heads = site.Arguments.Integer("heads");
    private readonly bool isCausal = site.Arguments.Flag("causal");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var batch = inputs[0].size(0);
        using var projected = into.Of(inputs[0]); // [batch, length, 3 features]
        using var split = projected.view(batch, length, 3, heads, features / heads);
        using var byHead = split.permute(2, 0, 3, 1, 4); // [3, batch, heads, length, features / heads]
        using var queries = byHead.select(0, 0);
        using var keys = byHead.select(0, 1);
        using var values = byHead.select(0, 2);
        // TorchSharp's name for `is_causal` lacks a letter.
        using var attended = nn.functional.scaled_dot_product_attention(queries, keys, values, is_casual: isCausal);
        using var byPlace = attended.transpose(1, 2);
        using var joined = byPlace.reshape(batch, length, features);
        return outOf.Of(joined);
    }
}
