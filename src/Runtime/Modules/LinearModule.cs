using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Linear: input weight^T + bias, over the last dimension.</summary>
internal sealed class LinearModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [outputs, inputs]
    private readonly Tensor? bias = site.TensorOrNone("bias"); // [outputs]

    /// <summary>Null where autograd may keep the weight and add to its gradient at once, which is quicker.</summary>
    private readonly SteadyLinear.Site? steady = site.Deferred is null
        ? null
        : new SteadyLinear.Site(site.Tensor("weight"), site.TensorOrNone("bias"), site.Deferred, site.Callbacks);

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => steady is null
        ? nn.functional.linear(inputs[0], weight, bias)
        : SteadyLinear.apply(inputs[0], weight, bias!, steady);
}
