using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Linear: the last dimension is replaced, the ones before it are kept.</summary>
public sealed class LinearRule : ILayerRule, ISplitLayer, ISequenceLayer
{
    public string Name => "linear";

    public string Summary => "Makes each output from all numbers of the last dimension: a weighted sum and a bias.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("outputs", ArgumentType.Integer, "The last dimension of what comes out.") { IsPositional = true, Minimum = 1 },
        new("bias", ArgumentType.Flag, "Whether a learned number is added to each output.") { Default = true },
        new("tied", ArgumentType.Label, "The layer whose weight is used: an embedding, or another linear layer.")
        {
            Default = "",
        },
    ];

    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount == 0)
            return new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context));

        var weight = Shape.Of(context.Arguments.Integer("outputs"), context.Input.Sizes[^1]);
        if (context.Arguments.Text("tied") is not { Length: > 0 } label)
            return Facts(context, [Weight(context, weight), .. Bias(context)]);
        return TiedWeight.Find(context, label, weight) switch
        {
            TiedWeight.Found found => Facts(context, Bias(context)) with { Shared = [found.Shared] },
            TiedWeight.Mistake mistake => new LayerOutcome.Mistake(mistake.Diagnostic),
            var other => throw new ArgumentOutOfRangeException(nameof(context), other, null),
        };
    }

    private static LayerOutcome.Facts Facts(LayerContext context, ImmutableArray<CheckedParameter> parameters)
    {
        var (inputs, outputs) = (context.Input.Sizes[^1], context.Arguments.Integer("outputs"));
        var output = new Shape(context.Input.Sizes.SetItem(context.Input.DimensionCount - 1, outputs));
        var flops = checked(2 * inputs * output.ElementCount);
        return new LayerOutcome.Facts(output, parameters, [], flops, context.Input.ElementCount);
    }

    private static CheckedParameter Weight(LayerContext context, Shape shape) =>
        FanIn.Parameter($"{context.Name}.{TiedWeight.Role}", shape, context.Input.Sizes[^1]);

    private static ImmutableArray<CheckedParameter> Bias(LayerContext context) => context.Arguments.Flag("bias")
        ? [FanIn.Parameter($"{context.Name}.bias", Shape.Of(context.Arguments.Integer("outputs")), context.Input.Sizes[^1])]
        : [];

    public LayerWork Work(CheckedLayer layer)
    {
        var outputs = (double)layer.Output.Sizes[^1];
        var inputs = layer.FlopsPerSample / (2.0 * layer.Output.ElementCount); // Of a tensor rank those that it has.
        return LayerWork.Weighted(
            layer, WorkKind.Product, layer.Output.ElementCount / outputs * inputs, inputs * outputs, placeInputs: inputs);
    }

    /// <summary>By columns, or by rows where its inputs are cut: the pair needs one sum forward and one backward.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree)
    {
        var last = layer.Output.DimensionCount - 1;
        if (inputCut is null)
            return layer.Output.Sizes[last] % degree == 0 ? Columns(layer, last, degree) : null;
        return inputCut == last && layer.Shared.IsEmpty ? Rows(layer, degree) : null;
    }

    private static SplitOffer Columns(CheckedLayer layer, int last, int degree)
    {
        var cuts = LocalLayer.Cuts(layer, ("weight", 0, 1), ("bias", 0, 1));
        var local = LocalLayer.Of(layer, last, degree, cuts) with
        {
            Arguments = new(layer.Arguments.Values.SetItem("outputs", layer.Arguments.Integer("outputs") / degree)),
            SavedElementsPerSample = layer.SavedElementsPerSample,
        };
        return new SplitOffer(new LayerSplit(SplitKind.Column, last), local, cuts);
    }

    private static SplitOffer Rows(CheckedLayer layer, int degree)
    {
        var cuts = LocalLayer.Cuts(layer, ("weight", 1, 1));
        return new SplitOffer(new LayerSplit(SplitKind.Row, null), LocalLayer.Of(layer, null, degree, cuts), cuts);
    }

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
