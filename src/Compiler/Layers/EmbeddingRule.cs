using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Embedding: each token becomes the row of a learned table that is its own.</summary>
public sealed class EmbeddingRule : ILayerRule, ISplitLayer, ISequenceLayer
{
    public string Name => "embedding";

    public string Summary => "Looks each token up in a learned table with a row for every token of the vocabulary.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("features", ArgumentType.Integer, "The numbers that stand for a token.") { IsPositional = true, Minimum = 1 },
        LookupTable.StandardDeviation,
    ];

    public bool TakesTokens => true;

    /// <summary>A look-up is no arithmetic. Autograd keeps the tokens, an int64 each.</summary>
    public LayerOutcome Infer(LayerContext context)
    {
        var features = context.Arguments.Integer("features");
        var vocabulary = ((ValueKind.Tokens)context.InputKind).Vocabulary;
        var table = LookupTable.Parameter(context, Shape.Of(vocabulary, features));
        return new LayerOutcome.Facts(new Shape(context.Input.Sizes.Add(features)), [table], [], 0, 0)
        {
            SavedIndicesPerSample = context.Input.ElementCount,
        };
    }

    public KeptValues Keeps => KeptValues.None;

    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(2 * count)], [OperationWork.Pass(3 * count, calls: 2)]);
    }

    /// <summary>By rows of the table: a rank gives zeros for the tokens of others.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree)
    {
        if (inputCut is not null || layer.Parameters[0].Shape.Sizes[0] % degree != 0)
            return null;
        var cuts = LocalLayer.Cuts(layer, ("weight", 0, 1));
        return new SplitOffer(new LayerSplit(SplitKind.Vocabulary, null), LocalLayer.Of(layer, null, degree, cuts), cuts);
    }

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
