using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Modules.Tensors;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Linear: input weight^T + bias, over the last dimension; whole, or a tensor rank's part of it.</summary>
internal sealed class LinearModule(LayerSite site) : ILayerModule
{
    private readonly Func<Tensor, Tensor> product = site.Split switch
    {
        SplitKind.Column => new ColumnLinear(site, "weight", "bias").Of,
        SplitKind.Row => new RowLinear(site, "weight", "bias").Of,
        _ => new LinearProduct(site, "weight", "bias").Of,
    };

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => product(inputs[0]);
}
