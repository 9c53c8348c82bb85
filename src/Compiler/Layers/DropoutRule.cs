using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// PyTorch's Dropout. Which numbers drop depends on the seed, step, layer, sample and element: never on the layout.
/// </summary>
public sealed class DropoutRule : ILayerRule, ISplitLayer, ISequenceLayer
{
    public string Name => "dropout";

    public string Summary => "While training, sets that share of the numbers to 0 and divides the others by what is left.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("rate", ArgumentType.Real, "The share of the numbers that becomes 0.")
        {
            Default = 0.5,
            IsPositional = true,
            Minimum = 0,
            Maximum = 1,
            ExcludesMaximum = true,
        },
    ];

    /// <summary>Autograd keeps the mask, already scaled: one number for each.</summary>
    public LayerOutcome Infer(LayerContext context) => ElementwiseRule.Facts(context, flopsPerElement: 1);

    public KeptValues Keeps => KeptValues.None;

    /// <summary>A random number each, the mask written and read, and what it leaves; backward the mask once more.</summary>
    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Arguments.Real("rate") == 0 ? 0 : layer.Output.ElementCount;
        return new([OperationWork.Pass(4 * count, specials: count, calls: 2)], [OperationWork.Pass(3 * count)]);
    }

    /// <summary>Each rank draws the bits of its elements, as it does those of its samples.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
