using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// Tells places apart that attention cannot: adds to each place of [length, features] numbers of its own, learned (GPT), or
/// sines and cosines of falling frequencies (Vaswani et al. 2017).
/// </summary>
public sealed class PositionsRule : ILayerRule, ISequenceLayer
{
    public const string Learned = "learned";

    public string Name => "positions";

    public string Summary => "Adds to each place of a sequence numbers that are its own.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("kind", ArgumentType.Choice, "`learned`, or `sinusoidal`: fixed sines and cosines.")
        {
            IsPositional = true,
            Choices = [Learned, "sinusoidal"],
        },
        LookupTable.StandardDeviation,
    ];

    /// <summary>One addition for each number; nothing is kept for it.</summary>
    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount != 2)
            return new LayerOutcome.Mistake(SequenceErrors.NeedsSequence(context));
        var isLearned = context.Arguments.Text("kind") == Learned;
        if (!isLearned && !LookupTable.IsPyTorchs(context))
            return new LayerOutcome.Mistake(SequenceErrors.WavesAreFixed(context));
        ImmutableArray<CheckedParameter> parameters = isLearned ? [LookupTable.Parameter(context, context.Input)] : [];
        return new LayerOutcome.Facts(context.Input, parameters, [], context.Input.ElementCount, 0);
    }

    public KeptValues Keeps => KeptValues.None;

    public bool HandsGradientOn => true;

    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(2 * count)], [OperationWork.Pass(layer.Parameters.IsEmpty ? 0 : count, calls: 2)]);
    }

    /// <summary>A rank has the numbers of its own places only.</summary>
    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) =>
        SplitOffer.OfPlaces(layer, degree, LocalLayer.Cuts(layer, ("weight", 0, 1)));
}
