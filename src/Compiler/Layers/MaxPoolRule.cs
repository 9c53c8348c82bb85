using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's MaxPool2d over [channels, height, width].</summary>
public sealed class MaxPoolRule : ILayerRule
{
    public string Name => "max_pool";

    public string Summary => "Keeps the greatest number under a window that slides over an image.";

    public ImmutableArray<ArgumentRule> Arguments => Pooling.Arguments;

    /// <summary>Autograd keeps the input, and where each greatest number was: an int64.</summary>
    public LayerOutcome Infer(LayerContext context) => Pooling.Infer(context, savesPlaces: true);
}
