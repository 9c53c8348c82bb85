using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// A function of each number by itself: any shape comes in and goes out, and autograd keeps one number for each.
/// </summary>
/// <param name="specials">Costly functions of a number, forward.</param>
/// <param name="backwardSpecials">The same, backward.</param>
/// <param name="keeps">The input or the output.</param>
public sealed class ElementwiseRule(
    string name, string summary, long flopsPerElement, int specials = 0, int backwardSpecials = 0, KeptValues keeps = KeptValues.Output)
    : ILayerRule, ISplitLayer, ISequenceLayer
{
    public string Name => name;

    public string Summary => summary;

    public ImmutableArray<ArgumentRule> Arguments => [];

    public LayerOutcome Infer(LayerContext context) => Facts(context, flopsPerElement);

    /// <summary>The facts of any layer that works number by number and keeps its input, its output or a mask.</summary>
    internal static LayerOutcome Facts(LayerContext context, long flopsPerElement)
    {
        var count = context.Input.ElementCount;
        return new LayerOutcome.Facts(context.Input, [], [], checked(flopsPerElement * count), count);
    }

    public KeptValues Keeps => keeps;

    public LayerWork Work(CheckedLayer layer) => LayerWork.ElementByElement(layer, specials, backwardSpecials);

    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
