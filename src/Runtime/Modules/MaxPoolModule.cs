using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's MaxPool2d.</summary>
internal sealed class MaxPoolModule(LayerSite site) : ILayerModule
{
    private static readonly long[] NoDilation = [1, 1];

    private readonly PoolWindow window = new(site);

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        nn.functional.max_pool2d(inputs[0], window.Kernel, window.Stride, window.Padding, NoDilation);
}
