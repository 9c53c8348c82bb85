using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's MaxPool2d over [channels, height, width].</summary>
public sealed class MaxPoolRule : ILayerRule, ISplitLayer
{
    public string Name => "max_pool";

    public string Summary => "Keeps the greatest number under a window that slides over an image.";

    public ImmutableArray<ArgumentRule> Arguments => Pooling.Arguments;

    /// <summary>Autograd keeps the input, and where each greatest number was: an int64.</summary>
    public LayerOutcome Infer(LayerContext context) => Pooling.Infer(context, savesPlaces: true);

    /// <summary>Places are as long as two numbers each.</summary>
    public LayerWork Work(CheckedLayer layer) => Pooling.Work(layer, passesPerOutput: 3);

    /// <summary>By channels: a window sees one at a time.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut == 0 ? SplitOffer.Kept(layer, 0, degree) : null;
}
