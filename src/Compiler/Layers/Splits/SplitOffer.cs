using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers.Splits;

/// <summary>A layer as one of its tensor ranks would have it.</summary>
/// <param name="Local">The layer with that rank's shapes, arguments and costs.</param>
/// <param name="Cuts">The parameters and buffers that are cut, by name.</param>
public sealed record SplitOffer(
    LayerSplit Split, CheckedLayer Local, ImmutableArray<KeyValuePair<string, ParameterCut>> Cuts)
{
    /// <summary>A layer that works on its part as it would on the whole.</summary>
    public static SplitOffer Kept(CheckedLayer layer, int outputCut, int degree) =>
        new(
            new LayerSplit(SplitKind.Kept, outputCut),
            LocalLayer.Of(layer, outputCut, degree) with { SavedIndicesPerSample = layer.SavedIndicesPerSample / degree },
            []);

    /// <summary>A layer that works on its places of the sequence as it would on all.</summary>
    public static SplitOffer OfPlaces(CheckedLayer layer, int degree, ImmutableArray<KeyValuePair<string, ParameterCut>> cuts = default) =>
        new(
            new LayerSplit(SplitKind.Sequence, LayerSplit.SequenceDimension),
            LocalLayer.Of(layer, LayerSplit.SequenceDimension, degree, cuts) with
            {
                SavedIndicesPerSample = layer.SavedIndicesPerSample / degree,
            },
            cuts.IsDefault ? [] : cuts);

    /// <summary>The same with its sum scattered: each rank gets its places of the output.</summary>
    public SplitOffer GivingPlaces(int degree) => this with
    {
        Split = Split with { CutDimension = LayerSplit.SequenceDimension },
        Local = Local with { Output = LocalLayer.Cut(Local.Output, LayerSplit.SequenceDimension, degree) },
    };
}
