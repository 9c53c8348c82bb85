using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>The end of a residual block: what went in plus what came out.</summary>
internal sealed class AddModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) => inputs[0].add(inputs[1]);
}
