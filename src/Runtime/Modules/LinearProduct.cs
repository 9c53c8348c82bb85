using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's linear with a layer's weight: by libtorch's own graph, or where weights come and go or their gradients come
/// later by one that does not keep them.
/// </summary>
internal sealed class LinearProduct
{
    private readonly Tensor weight; // [outputs, inputs]
    private readonly Tensor? bias; // [outputs]
    private readonly SteadyLinear.Site? steady;

    /// <param name="weight">The role of the weight in its layer.</param>
    /// <param name="bias">The role of the bias, which the layer need not have; null: without it.</param>
    public LinearProduct(LayerSite site, string weight, string? bias)
    {
        (this.weight, this.bias) = (site.Tensor(weight), bias is null ? null : site.TensorOrNone(bias));
        steady = site.Deferred is null ? null : new SteadyLinear.Site(this.weight, this.bias, site.Deferred, site.Callbacks);
    }

    public Tensor Of(Tensor input) => steady is null
        ? nn.functional.linear(input, weight, bias)
        : Applied.Of(() => SteadyLinear.apply(input, weight, bias!, steady));
}
