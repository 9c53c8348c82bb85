using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Flatten: one dimension with all of a sample's numbers. It moves nothing and keeps nothing.</summary>
public sealed class FlattenRule : ILayerRule, ISplitLayer
{
    public string Name => "flatten";

    public string Summary => "Lays all dimensions of a sample end to end.";

    public ImmutableArray<ArgumentRule> Arguments => [];

    public LayerOutcome Infer(LayerContext context) => context.Input.DimensionCount == 0
        ? new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context))
        : new LayerOutcome.Facts(Shape.Of(context.Input.ElementCount), [], [], 0, 0);

    public KeptValues Keeps => KeptValues.SameMemory;

    public bool HandsGradientOn => true;

    public LayerWork Work(CheckedLayer layer) => LayerWork.View;

    /// <summary>Parts of the first dimension lie end to end.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut == 0 ? SplitOffer.Kept(layer, 0, degree) : null;
}
