using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's GELU: x times the normal distribution's share below x, exact or by tanh.</summary>
public sealed class GeluRule : ILayerRule, ISplitLayer, ISequenceLayer
{
    public string Name => "gelu";

    public string Summary => "Multiplies every number by the normal distribution's share below it.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("approximate", ArgumentType.Choice, "`none` uses erf, `tanh` the formula that GPT-2 was trained with.")
        {
            Default = "none",
            Choices = ["none", "tanh"],
        },
    ];

    /// <summary>x (1 + erf(x / sqrt 2)) / 2 is 5 operations; the formula with tanh and a cube is 9.</summary>
    public LayerOutcome Infer(LayerContext context) =>
        ElementwiseRule.Facts(context, context.Arguments.Text("approximate") == "tanh" ? 9 : 5);

    public LayerWork Work(CheckedLayer layer) => LayerWork.ElementByElement(layer, specials: 1, backwardSpecials: 2);

    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree) =>
        inputCut is { } cut ? SplitOffer.Kept(layer, cut, degree) : null;

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
