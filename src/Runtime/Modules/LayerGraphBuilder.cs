using System.Collections.Frozen;
using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules;

/// <summary>A checked model and a rank's tensors come in, the rank's modules go out.</summary>
internal static class LayerGraphBuilder
{
    /// <summary>Layers that need their output no more for the backward pass: it may be overwritten.</summary>
    private static readonly FrozenSet<string> OutputIsFree =
        new[] { "linear", "conv2d", "batch_norm", "layer_norm", "add", "concat", "multiply" }.ToFrozenSet();

    public static LayerGraph Build(
        CheckedModel model,
        ImmutableSortedDictionary<string, Tensor> tensors,
        long seed,
        ICollectiveGroup? dataGroup,
        CallbackFailure callbacks)
    {
        var modules = model.Layers.Select(layer => ModuleCatalogue.Create(
            new LayerSite(layer, tensors, seed, dataGroup, callbacks, MayOverwriteInput(layer, model))));
        return new LayerGraph(model.Layers, [.. modules]);
    }

    private static bool MayOverwriteInput(CheckedLayer layer, CheckedModel model) =>
        layer.Inputs is [>= 0 and var input]
        && OutputIsFree.Contains(model.Layers[input].Kind)
        && model.Layers.Sum(reader => reader.Inputs.Count(index => index == input)) == 1;
}
