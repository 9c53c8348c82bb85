using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>The product, number by number. Autograd keeps both factors of each.</summary>
public sealed class MultiplyCombination : ICombinationRule, ISplitLayer, ISequenceLayer
{
    public string Name => "multiply";

    public string Summary => "The product of values of one shape, number by number.";

    public string Sign => " * ";

    public ImmutableArray<ArgumentRule> Arguments => [];

    public LayerOutcome Infer(CombinationContext context) => EqualShapes.Infer(context, "multiplies", savedPerSign: 2);

    public KeptValues Keeps => KeptValues.Inputs;

    public LayerWork Work(CheckedLayer layer)
    {
        double signs = (layer.Inputs.Length - 1) * layer.Output.ElementCount;
        return new([OperationWork.Pass(3 * signs, calls: layer.Inputs.Length - 1)], [OperationWork.Pass(6 * signs)]);
    }

    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
