using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Conv2d with zero padding.</summary>
internal sealed class Conv2dModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [channels, inputs / groups, height, width]
    private readonly Tensor? bias = site.TensorOrNone("bias"); // [channels]
    private readonly long[] stride = site.Pair("stride");
    private readonly long[] padding = site.Pair("padding");
    private readonly long[] dilation = site.Pair("dilation");
    private readonly long groups = site.Arguments.Integer("groups");

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        nn.functional.conv2d(inputs[0], weight, bias, stride, padding, dilation, groups);
}
