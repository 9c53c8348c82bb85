using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's AvgPool2d over [channels, height, width]; padding counts as zeros.</summary>
public sealed class AveragePoolRule : ILayerRule
{
    public string Name => "average_pool";

    public string Summary => "Takes the mean under a window that slides over an image; padding counts as zeros.";

    public ImmutableArray<ArgumentRule> Arguments => Pooling.Arguments;

    public LayerOutcome Infer(LayerContext context) => Pooling.Infer(context, savesPlaces: false);
}
