using System.Collections.Frozen;
using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Modules.Tensors;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>A plan and a rank's tensors come in, the modules of its segments go out.</summary>
/// <param name="tensors">The rank's parameters and buffers by PyTorch's names.</param>
/// <param name="dataGroup">The ranks that share a micro-batch; null where the rank has it whole.</param>
/// <param name="tensorGroup">The ranks that share the layers; null where the rank does them whole.</param>
/// <param name="deferred">As in <see cref="LayerSite"/>.</param>
internal sealed class SegmentBuilder(
    ExecutionPlan plan,
    ImmutableSortedDictionary<string, Tensor> tensors,
    ICollectiveGroup? dataGroup,
    ICollectiveGroup? tensorGroup,
    CallbackFailure callbacks,
    DeferredGradients? deferred)
{
    /// <summary>Layers that need their output no more for the backward pass: it may be overwritten.</summary>
    private static readonly FrozenSet<string> OutputIsFree =
        new[] { "linear", "conv2d", "batch_norm", "layer_norm", "add", "concat", "multiply" }.ToFrozenSet();

    public LayerSegment Build(SegmentPlan segment)
    {
        ImmutableArray<CheckedLayer> layers = [.. plan.LocalModel.Layers.Where(layer => segment.Holds(layer.Index))];
        return new LayerSegment(segment, layers, [.. layers.Select(layer => Module(layer, segment))]);
    }

    private ILayerModule Module(CheckedLayer layer, SegmentPlan segment)
    {
        var seed = plan.Program.Training.Seed;
        ImmutableArray<ValueEntry> entries = [.. plan.Tensor.Entries(layer)];
        var isPlaced = tensorGroup is not null && PlacedInputs.AreNeeded(entries);
        var module = ModuleCatalogue.Create(
            new LayerSite(
                layer, tensors, seed, dataGroup, callbacks, deferred, !isPlaced && MayOverwriteInput(layer, segment))
            {
                Tensors = tensorGroup is null ? null : Shared(layer, entries, tensorGroup),
            });
        return isPlaced ? new PlacedInputs(module, entries, new SequencePlaces(tensorGroup!, callbacks)) : module;
    }

    private TensorSite Shared(CheckedLayer layer, ImmutableArray<ValueEntry> entries, ICollectiveGroup group) =>
        new(plan.Tensor.Layers[layer.Index], entries, group, plan.Program.Model.Layers[layer.Index].Output);

    /// <summary>A value that came from another segment is a leaf of autograd, or the batch itself.</summary>
    private bool MayOverwriteInput(CheckedLayer layer, SegmentPlan segment) =>
        layer.Inputs is [var input]
        && segment.Holds(input)
        && OutputIsFree.Contains(plan.LocalModel.Layers[input].Kind)
        && plan.LocalModel.Layers.Sum(reader => reader.Inputs.Count(index => index == input)) == 1;
}
