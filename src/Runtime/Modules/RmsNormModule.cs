using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's RMSNorm over the last dimension, of operations whose gradients autograd knows; as PyTorch does, squares are of
/// float32 at least.
/// </summary>
internal sealed class RmsNormModule(LayerSite site) : ILayerModule
{
    private static readonly long[] LastDimension = [-1];

    private readonly Tensor weight = site.Tensor("weight"); // [features]
    private readonly double epsilon = site.Arguments.Real("epsilon");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        using var input = WidePrecision.Of(inputs[0]);
        using var two = 2.ToScalar();
        using var squares = input.pow(two);
        using var mean = squares.mean(LastDimension, keepdim: true); // [batch, ..., 1]
        using var raised = mean.Plus(epsilon);
        using var inverseRoot = raised.rsqrt();
        using var normalised = input.mul(inverseRoot);
        using var rounded = normalised.to(weight.dtype);
        return rounded.mul(weight);
    }
}
