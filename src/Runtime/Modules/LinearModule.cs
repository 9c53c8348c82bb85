using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Linear: input weight^T + bias, over the last dimension.</summary>
internal sealed class LinearModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [outputs, inputs]
    private readonly Tensor? bias = site.TensorOrNone("bias"); // [outputs]

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        nn.functional.linear(inputs[0], weight, bias);
}
