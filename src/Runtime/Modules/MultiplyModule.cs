using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>The product of what comes in, number by number; autograd keeps the factors, so none is overwritten.</summary>
internal sealed class MultiplyModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var product = inputs[0].mul(inputs[1]);
        foreach (var input in inputs[2..])
        {
            using var before = product;
            product = before.mul(input);
        }

        return product;
    }
}
