using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>PyTorch's AvgPool2d: padding's zeros count.</summary>
internal sealed class AveragePoolModule(LayerSite site) : ILayerModule
{
    private readonly PoolWindow window = new(site);

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        nn.functional.avg_pool2d(inputs[0], window.Kernel, window.Stride, window.Padding);
}
