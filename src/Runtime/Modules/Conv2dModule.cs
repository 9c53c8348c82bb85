using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Modules.Tensors;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's Conv2d with zero padding; whole, or a tensor rank's part of its channels.</summary>
internal sealed class Conv2dModule(LayerSite site) : ILayerModule
{
    private readonly Tensor weight = site.Tensor("weight"); // [channels, inputs / groups, height, width]
    private readonly Tensor? bias = site.TensorOrNone("bias"); // [channels]
    private readonly long[] stride = site.Pair("stride");
    private readonly long[] padding = site.Pair("padding");
    private readonly long[] dilation = site.Pair("dilation");
    private readonly long groups = site.Arguments.Integer("groups");
    private readonly SplitKind split = site.Split;
    private readonly TensorRanks? ranks = site.Split == SplitKind.Whole ? null : site.Ranks;

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => split switch
    {
        SplitKind.Column => OutputChannels(inputs[0]),
        SplitKind.Row => InputChannels(inputs[0]),
        _ => Convolve(inputs[0], bias),
    };

    private Tensor OutputChannels(Tensor input)
    {
        using var entered = ranks!.Enter(input);
        return Convolve(entered, bias);
    }

    private Tensor InputChannels(Tensor input)
    {
        using var part = Convolve(input, null);
        var sum = ranks!.Sum(part);
        if (bias is null)
            return sum;
        using (sum)
        using (var spread = bias.view(1, -1, 1, 1))
            return sum.Plus(spread);
    }

    private Tensor Convolve(Tensor input, Tensor? added)
    {
        using var ordered = ChannelsLast.Of(input);
        // Of a single channel libtorch knows no order, and gives one channel after the other.
        using var output = nn.functional.conv2d(ordered, weight, added, stride, padding, dilation, groups);
        return ChannelsLast.Of(output);
    }
}
