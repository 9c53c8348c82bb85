using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Tensor;

/// <summary>
/// Divides the places of a sequence between tensor ranks wherever each would have all of them: sums of parts are scattered,
/// and layers that work place by place take the rank's places only. What mixes places stays as it is.
/// </summary>
internal static class SequenceSplit
{
    /// <summary>
    /// The length of the first [length, features] that a layer gives; null where none does. A model that only takes such
    /// values has no layer that could work on a rank's places.
    /// </summary>
    public static long? LengthOf(CheckedModel model) => model.Layers
        .Select(layer => layer.Output)
        .FirstOrDefault(shape => shape.DimensionCount == 2)
        ?.Sizes[LayerSplit.SequenceDimension];

    /// <param name="taken">How layers are shared so far, by index; null for those that each rank does whole.</param>
    public static ImmutableArray<SplitOffer?> Divide(CheckedModel model, ImmutableArray<SplitOffer?> taken, int degree)
    {
        var whole = ImmutableHashSet<int>.Empty;
        while (true)
        {
            ImmutableArray<SplitOffer?> divided = [.. model.Layers.Select(layer => whole.Contains(layer.Index)
                ? taken[layer.Index]
                : Divided(layer, taken[layer.Index], degree))];
            // The gradient of a tied weight is a part of a sum for all its users, or for none.
            var apart = TiesApart(model, divided).ToImmutableHashSet();
            if (apart.IsEmpty)
                return divided;
            whole = whole.Union(apart);
        }
    }

    private static SplitOffer? Divided(CheckedLayer layer, SplitOffer? offer, int degree)
    {
        if (layer.Output.DimensionCount != 2 || layer.Output.Sizes[LayerSplit.SequenceDimension] % degree != 0)
            return offer;
        if (offer is null)
            return Rule(layer)?.OfPlaces(layer, degree);
        return offer.Split.Kind.SumsOutput() ? offer.GivingPlaces(degree) : offer;
    }

    private static IEnumerable<int> TiesApart(CheckedModel model, ImmutableArray<SplitOffer?> divided) =>
        from layer in model.Layers
        from shared in layer.Shared
        where IsOfPlaces(divided[layer.Index]) != IsOfPlaces(divided[shared.OwnerLayer])
        from index in (int[])[layer.Index, shared.OwnerLayer]
        where IsOfPlaces(divided[index])
        select index;

    private static bool IsOfPlaces(SplitOffer? offer) => offer?.Split.Kind == SplitKind.Sequence;

    private static ISequenceLayer? Rule(CheckedLayer layer) =>
        LayerCatalogue.Find(layer.Kind) as ISequenceLayer ?? CombinationCatalogue.Find(layer.Kind) as ISequenceLayer;
}
