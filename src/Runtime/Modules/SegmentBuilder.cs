using System.Collections.Frozen;
using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>A checked program and a rank's tensors come in, the modules of its segments go out.</summary>
/// <param name="tensors">The rank's parameters and buffers by PyTorch's names.</param>
/// <param name="dataGroup">The ranks that share a micro-batch; null where the rank has it whole.</param>
/// <param name="deferred">As in <see cref="LayerSite"/>.</param>
internal sealed class SegmentBuilder(
    CheckedProgram program,
    ImmutableSortedDictionary<string, Tensor> tensors,
    ICollectiveGroup? dataGroup,
    CallbackFailure callbacks,
    DeferredGradients? deferred)
{
    /// <summary>Layers that need their output no more for the backward pass: it may be overwritten.</summary>
    private static readonly FrozenSet<string> OutputIsFree =
        new[] { "linear", "conv2d", "batch_norm", "layer_norm", "add", "concat", "multiply" }.ToFrozenSet();

    public LayerSegment Build(SegmentPlan segment)
    {
        ImmutableArray<CheckedLayer> layers = [.. program.Model.Layers.Where(layer => segment.Holds(layer.Index))];
        return new LayerSegment(segment, layers, [.. layers.Select(layer => Module(layer, segment))]);
    }

    private ILayerModule Module(CheckedLayer layer, SegmentPlan segment) => ModuleCatalogue.Create(new LayerSite(
        layer, tensors, program.Training.Seed, dataGroup, callbacks, deferred, MayOverwriteInput(layer, segment)));

    /// <summary>A value that came from another segment is a leaf of autograd, or the batch itself.</summary>
    private bool MayOverwriteInput(CheckedLayer layer, SegmentPlan segment) =>
        layer.Inputs is [var input]
        && segment.Holds(input)
        && OutputIsFree.Contains(program.Model.Layers[input].Kind)
        && program.Model.Layers.Sum(reader => reader.Inputs.Count(index => index == input)) == 1;
}
