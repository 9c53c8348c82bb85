using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
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

    public bool HandsGradientOn => true;

    /// <summary>Backward, the gradients that come back over the inputs are added up where a value was read twice.</summary>
    public LayerWork Work(CheckedLayer layer)
    {
        double signs = (layer.Inputs.Length - 1) * layer.Output.ElementCount;
        return new([OperationWork.Pass(3 * signs, calls: layer.Inputs.Length - 1)], [OperationWork.Pass(3 * signs)]);
    }

    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
