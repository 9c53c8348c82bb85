using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>The sum of what comes in, number by number; autograd needs none of its parts.</summary>
internal sealed class AddModule : ILayerModule
{
    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var sum = inputs[0].Plus(inputs[1]);
        foreach (var input in inputs[2..])
            sum.Increase(input);
        return sum;
    }
}
