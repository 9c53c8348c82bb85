using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Layers;

/// <summary>Every layer that a model may name. A new layer is a rule of its own and one line here.</summary>
public static class LayerCatalogue
{
    /// <summary>Sorted by name.</summary>
    public static readonly ImmutableArray<ILayerRule> Rules =
    [
        new AttentionRule(),
        new AveragePoolRule(),
        new BatchNormRule(),
        new Conv2dRule(),
        new DropoutRule(),
        new EmbeddingRule(),
        new FlattenRule(),
        new GeluRule(),
        new LayerNormRule(),
        new LinearRule(),
        new MaxPoolRule(),
        new PositionsRule(),
        Activations.Relu,
        new RmsNormRule(),
        Activations.Sigmoid,
        Activations.Silu,
        new SoftmaxRule(),
        Activations.Tanh,
    ];

    /// <summary>
    /// Whether a model learns from statistics of a micro-batch: then the micro-batches are part of what is learned.
    /// </summary>
    public static bool LearnsFromStatistics(CheckedModel model) => model.Layers.Any(layer => Find(layer.Kind) is ISynchronizedLayer);

    /// <summary>The rule of that name; null where there is none.</summary>
    public static ILayerRule? Find(string name) => Rules.FirstOrDefault(rule => rule.Name == name);
}
