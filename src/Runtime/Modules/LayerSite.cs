using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules.Tensors;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>What a module is built from: the layer, and what its rank has for it.</summary>
/// <param name="State">The rank's parameters and buffers by PyTorch's names.</param>
/// <param name="DataGroup">The ranks that share a micro-batch, or null where one rank has it whole.</param>
/// <param name="Callbacks">Where a failure inside autograd's callbacks is kept.</param>
/// <param name="Deferred">
/// Where weights' gradients are left for later, and their graph must not keep weights; null where neither is so.
/// </param>
/// <param name="MayOverwriteInput">Whether nobody needs the layer's input any more, backward included.</param>
internal sealed record LayerSite(
    CheckedLayer Layer,
    ImmutableSortedDictionary<string, Tensor> State,
    long Seed,
    ICollectiveGroup? DataGroup,
    CallbackFailure Callbacks,
    DeferredGradients? Deferred,
    bool MayOverwriteInput)
{
    /// <summary>Null where the rank does the layer whole.</summary>
    public TensorSite? Tensors { get; init; }

    public SplitKind Split => Tensors?.Split.Kind ?? SplitKind.Whole;

    /// <summary>Where the tensor ranks of a shared layer meet.</summary>
    public TensorRanks Ranks => new(Tensors!, Callbacks);

    public CheckedArguments Arguments => Layer.Arguments;

    /// <summary>The layer's tensor of that role, <c>weight</c>: its own, or the one that it shares with its owner.</summary>
    public Tensor Tensor(string role) => State[NameOf(role)];

    public Tensor? TensorOrNone(string role) => State.GetValueOrDefault(NameOf(role));

    public long[] Pair(string argument) => [.. Arguments.Integers(argument)];

    private string NameOf(string role) =>
        Layer.Shared.FirstOrDefault(shared => shared.Role == role)?.Name ?? $"{Layer.Name}.{role}";
}
