using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Modules.Tensors;

/// <summary>
/// A layer in front of which values change between places of the sequence and all of them; a layer that is cut into parts
/// sees to that itself.
/// </summary>
internal sealed class PlacedInputs(ILayerModule layer, ImmutableArray<ValueEntry> entries, SequencePlaces places) : ILayerModule
{
    /// <summary>Whether any input of the layer has to be changed.</summary>
    public static bool AreNeeded(ImmutableArray<ValueEntry> entries) =>
        entries.Any(entry => entry is ValueEntry.GatherAlike or ValueEntry.TakePlaces);

    public Tensor Forward(ReadOnlySpan<Tensor> inputs, ForwardContext context)
    {
        var placed = new Tensor[inputs.Length];
        for (var index = 0; index < placed.Length; index++)
            placed[index] = Placed(inputs[index], entries[index]);
        var output = layer.Forward(placed, context);
        foreach (var input in placed)
            input.Dispose();
        return output;
    }

    private Tensor Placed(Tensor input, ValueEntry entry) => entry switch
    {
        ValueEntry.GatherAlike => SequenceCrossing.Of(input, SequenceCrossing.GatherAlike, places),
        ValueEntry.TakePlaces when !input.requires_grad => places.Own(input),
        ValueEntry.TakePlaces => SequenceCrossing.Of(input, SequenceCrossing.TakePlaces, places),
        _ => input.alias(),
    };
}
