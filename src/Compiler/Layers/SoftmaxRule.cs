using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Softmax over the last dimension.</summary>
public sealed class SoftmaxRule : ILayerRule, ISequenceLayer
{
    public string Name => "softmax";

    public string Summary => "Turns the last dimension into shares that add up to 1.";

    public ImmutableArray<ArgumentRule> Arguments => [];

    /// <summary>Greatest, subtract, exp, sum and divide are 5 operations for each number; autograd keeps the output.</summary>
    public LayerOutcome Infer(LayerContext context) => context.Input.DimensionCount == 0
        ? new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context))
        : ElementwiseRule.Facts(context, flopsPerElement: 5);

    public KeptValues Keeps => KeptValues.Output;

    public LayerWork Work(CheckedLayer layer) => LayerWork.ElementByElement(layer, specials: 1);

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
