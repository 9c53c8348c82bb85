using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's RMSNorm over the last dimension, of operations whose gradients autograd knows.</summary>
internal sealed class RmsNormModule(LayerSite site) : ILayerModule
{
    private static readonly long[] LastDimension = [-1];

    private readonly Tensor weight = site.Tensor("weight"); // [features]
    private readonly double epsilon = site.Arguments.Real("epsilon");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        using var squares = inputs[0].square();
        using var mean = squares.mean(LastDimension, keepdim: true); // [batch, ..., 1]
        using var raised = mean.add(epsilon);
        using var inverseRoot = raised.rsqrt();
        using var normalised = inputs[0].mul(inverseRoot);
        return normalised.mul(weight);
    }
}
