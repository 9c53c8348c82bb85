using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Modules.Tensors;
using ParDsl.Runtime.Native;
using TorchSharp;
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

    private readonly TensorRanks? ranks = site.Split == SplitKind.Vocabulary ? site.Ranks : null;
    private readonly long firstRow = site.Split == SplitKind.Vocabulary
        ? site.Tensors!.Group.Rank * site.Tensor("weight").size(0)
        : 0;

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context) =>
        ranks is null ? Rows(inputs[0]) : ranks.Sum(OwnRows(inputs[0]));

    /// <summary>Zeros for the tokens of other ranks.</summary>
    private Tensor OwnRows(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        using var first = firstRow.ToScalar();
        using var zero = 0.ToScalar();
        using var end = weight.size(0).ToScalar();
        var own = tokens.sub(first);
        var isOwn = own.ge(zero).logical_and(own.lt(end));
        var rows = Rows(own.mul(isOwn)); // the tokens of others read row 0
        return rows.mul(isOwn.unsqueeze(-1)).MoveToOuterDisposeScope();
    }

    private Tensor Rows(Tensor tokens)
    {
        var arguments = new OperationArguments(stackalloc ulong[ArgumentCount]);
        arguments.Add(weight);
        arguments.Add(tokens);
        arguments.Add(NoPadding);
        arguments.Add(false); // scale_grad_by_freq
        arguments.Add(false); // sparse
        return OperationDispatcher.CallForTensor("aten::embedding\0"u8, arguments);
    }
}
