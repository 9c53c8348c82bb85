using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Conv2d over [channels, height, width].</summary>
public sealed class Conv2dRule : ILayerRule, ISplitLayer
{
    private static readonly ImmutableArray<long> Ones = [1, 1];

    public string Name => "conv2d";

    public string Summary => "Slides a learned window over an image; each output channel has its own.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("channels", ArgumentType.Integer, "The channels of what comes out.") { IsPositional = true, Minimum = 1 },
        new("kernel", ArgumentType.IntegerPair, "The window's height and width.")
        {
            Default = ImmutableArray.Create(3L, 3L),
            Minimum = 1,
        },
        new("stride", ArgumentType.IntegerPair, "How far the window moves.") { Default = Ones, Minimum = 1 },
        new("padding", ArgumentType.IntegerPair, "Zeros added on each side.")
        {
            Default = ImmutableArray.Create(0L, 0L),
            Minimum = 0,
        },
        new("dilation", ArgumentType.IntegerPair, "The distance between the window's points.") { Default = Ones, Minimum = 1 },
        new("groups", ArgumentType.Integer, "Into how many parts the channels are split, each convolved by itself.")
        {
            Default = 1L,
            Minimum = 1,
        },
        new("bias", ArgumentType.Flag, "Whether a learned number is added to each channel.") { Default = true },
    ];

    public LayerOutcome Infer(LayerContext context)
    {
        var window = Window(context.Arguments);
        if (window.Misfit(context) is { } misfit)
            return new LayerOutcome.Mistake(misfit);
        if (GroupMistake(context) is { } mistake)
            return new LayerOutcome.Mistake(mistake);

        var output = window.Output(context.Input, context.Arguments.Integer("channels"));
        var fanIn = checked(context.Input.Sizes[0] / context.Arguments.Integer("groups") * window.Area);
        var flops = checked(2 * fanIn * output.ElementCount);
        return new LayerOutcome.Facts(output, Parameters(context, window, fanIn), [], flops, context.Input.ElementCount);
    }

    private static SlidingWindow Window(CheckedArguments arguments) => new(
        arguments.Integers("kernel"),
        arguments.Integers("stride"),
        arguments.Integers("padding"),
        arguments.Integers("dilation"));

    private static Diagnostic? GroupMistake(LayerContext context)
    {
        var groups = context.Arguments.Integer("groups");
        if (context.Input.Sizes[0] % groups != 0)
            return ShapeErrors.GroupsDoNotDivideInput(context, groups);
        return context.Arguments.Integer("channels") % groups != 0
            ? ShapeErrors.GroupsDoNotDivideOutput(context, groups)
            : null;
    }

    private static ImmutableArray<CheckedParameter> Parameters(LayerContext context, SlidingWindow window, long fanIn)
    {
        var channels = context.Arguments.Integer("channels");
        var shape = Shape.Of(channels, fanIn / window.Area, window.Kernel[0], window.Kernel[1]);
        var weight = FanIn.Parameter($"{context.Name}.weight", shape, fanIn);
        return context.Arguments.Flag("bias")
            ? [weight, FanIn.Parameter($"{context.Name}.bias", Shape.Of(channels), fanIn)]
            : [weight];
    }

    public LayerWork Work(CheckedLayer layer)
    {
        var weight = layer.Parameters[0].Shape;
        var channels = weight.Sizes[1] * layer.Arguments.Integer("groups"); // Of a tensor rank those that it has.
        double places = layer.InputShapes[0].ElementCount / layer.InputShapes[0].Sizes[0];
        return LayerWork.Weighted(layer, WorkKind.Convolution, channels * places, weight.ElementCount);
    }

    /// <summary>By output channels, or by input channels where those are cut.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree)
    {
        if (layer.Arguments.Integer("groups") != 1)
            return null;
        if (inputCut is null)
            return layer.Output.Sizes[0] % degree == 0 ? OutputChannels(layer, degree) : null;
        return inputCut == 0 ? InputChannels(layer, degree) : null;
    }

    private static SplitOffer OutputChannels(CheckedLayer layer, int degree)
    {
        var cuts = LocalLayer.Cuts(layer, ("weight", 0, 1), ("bias", 0, 1));
        var local = LocalLayer.Of(layer, 0, degree, cuts) with
        {
            Arguments = new(layer.Arguments.Values.SetItem("channels", layer.Arguments.Integer("channels") / degree)),
            SavedElementsPerSample = layer.SavedElementsPerSample,
        };
        return new SplitOffer(new LayerSplit(SplitKind.Column, 0), local, cuts);
    }

    private static SplitOffer InputChannels(CheckedLayer layer, int degree)
    {
        var cuts = LocalLayer.Cuts(layer, ("weight", 1, 1));
        return new SplitOffer(new LayerSplit(SplitKind.Row, null), LocalLayer.Of(layer, null, degree, cuts), cuts);
    }
}
