using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>The sum, number by number. Autograd keeps nothing for it.</summary>
public sealed class AddCombination : ICombinationRule, ISplitLayer, ISequenceLayer
{
    public string Name => "add";

    public string Summary => "The sum of values of one shape, number by number.";

    public string Sign => " + ";

    public ImmutableArray<ArgumentRule> Arguments => [];

    public LayerOutcome Infer(CombinationContext context) => EqualShapes.Infer(context, "adds", savedPerSign: 0);

    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
