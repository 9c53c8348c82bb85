using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's ReLU. Where nobody needs its input any more it works in place, which saves a pass over the memory.
/// </summary>
internal sealed class ReluModule(LayerSite site) : ILayerModule
{
    private readonly bool inPlace = site.MayOverwriteInput;

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        if (!inPlace)
            return inputs[0].relu();
        inputs[0].relu_();
        // A second handle of the same memory: the caller disposes inputs and outputs one by one.
        return inputs[0].alias();
    }
}
