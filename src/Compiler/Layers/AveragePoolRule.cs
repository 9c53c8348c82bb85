using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's AvgPool2d over [channels, height, width]; padding counts as zeros.</summary>
public sealed class AveragePoolRule : ILayerRule, ISplitLayer
{
    public string Name => "average_pool";

    public string Summary => "Takes the mean under a window that slides over an image; padding counts as zeros.";

    public ImmutableArray<ArgumentRule> Arguments => Pooling.Arguments;

    public LayerOutcome Infer(LayerContext context) => Pooling.Infer(context, savesPlaces: false);

    public LayerWork Work(CheckedLayer layer) => Pooling.Work(layer, passesPerOutput: 1);

    /// <summary>By channels: a window sees one at a time.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut == 0 ? SplitOffer.Kept(layer, 0, degree) : null;
}
