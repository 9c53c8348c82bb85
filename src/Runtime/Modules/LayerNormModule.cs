using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's LayerNorm over the last dimension.</summary>
internal sealed class LayerNormModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [features]
    private readonly Tensor bias = site.Tensor("bias"); // [features]
    private readonly long[] features = [site.Layer.Output.Sizes[^1]];
    private readonly double epsilon = site.Arguments.Real("epsilon");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        nn.functional.layer_norm(inputs[0], features, weight, bias, epsilon);
}
