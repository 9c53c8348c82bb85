using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>What a module is built from: the layer, and what its rank has for it.</summary>
/// <param name="Tensors">The rank's parameters and buffers by PyTorch's names.</param>
/// <param name="DataGroup">The ranks that share a micro-batch, or null where one rank has it whole.</param>
/// <param name="Callbacks">Where a failure inside autograd's callbacks is kept.</param>
/// <param name="Deferred">
/// Where weights' gradients are left for later, and their graph must not keep weights; null where neither is so.
/// </param>
/// <param name="MayOverwriteInput">Whether nobody needs the layer's input any more, backward included.</param>
internal sealed record LayerSite(
    CheckedLayer Layer,
    ImmutableSortedDictionary<string, Tensor> Tensors,
    long Seed,
    ICollectiveGroup? DataGroup,
    CallbackFailure Callbacks,
    DeferredGradients? Deferred,
    bool MayOverwriteInput)
{
    public CheckedArguments Arguments => Layer.Arguments;

    /// <summary>The layer's own tensor: <c>weight</c>.</summary>
    public Tensor Tensor(string name) => Tensors[$"{Layer.Name}.{name}"];

    public Tensor? TensorOrNone(string name) => Tensors.GetValueOrDefault($"{Layer.Name}.{name}");

    public long[] Pair(string argument) => [.. Arguments.Integers(argument)];
}
