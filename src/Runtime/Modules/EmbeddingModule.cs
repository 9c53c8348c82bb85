using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>
/// PyTorch's Embedding: the row of the table for each token. TorchSharp has it as a module with a table of its own only.
/// </summary>
internal sealed class EmbeddingModule(LayerSite site) : ILayerModule
{
    private const int ArgumentCount = 5;
    private const long NoPadding = -1;

    private readonly Tensor weight = site.Tensor("weight"); // [vocabulary, features]

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var arguments = new OperationArguments(stackalloc ulong[ArgumentCount]);
        arguments.Add(weight);
        arguments.Add(inputs[0]);
        arguments.Add(NoPadding);
        arguments.Add(false); // scale_grad_by_freq
        arguments.Add(false); // sparse
        return OperationDispatcher.CallForTensor("aten::embedding\0"u8, arguments);
    }
}
