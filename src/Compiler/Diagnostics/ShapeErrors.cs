using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why a layer cannot stand where it stands: PD3020 to PD3099, one function per mistake.</summary>
public static class ShapeErrors
{
    private static readonly string[] ImageDimensions = ["height", "width"];

    public static Diagnostic NeedsImage(LayerContext context) => Error(
        "PD3020",
        context.Span,
        $"`{context.Title}` needs [channels, height, width], and what comes in is {context.Input}",
        Arriving(context.Input),
        context.Input.DimensionCount switch
        {
            1 when SquareRoot(context.Input.Sizes[0]) is > 1 and var side =>
                $"put it before `flatten`, or write `input [1, {side}, {side}]` in the data block",
            2 => $"write `input [1, {context.Input.Sizes[0]}, {context.Input.Sizes[1]}]` in the data block: one channel",
            _ => "put it before `flatten`, or write the data block's input as an image: `input [1, 28, 28]`",
        });

    public static Diagnostic KernelLargerThanInput(LayerContext context, SlidingWindow window, int dimension)
    {
        var (extent, padded) = (window.Extent(dimension), window.Padded(context.Input, dimension));
        var dilated = extent == window.Kernel[dimension]
            ? ""
            : $" that dilation {window.Dilation[dimension]} spreads over {extent}";
        var largest = ((padded - 1) / window.Dilation[dimension]) + 1;
        return Error(
            "PD3021",
            context.Span,
            $"`{context.Title}` has a kernel of {ImageDimensions[dimension]} {window.Kernel[dimension]}{dilated}, too large for "
                + $"an input of shape {context.Input}: {window.Arithmetic(context.Input, dimension)}, where at least 1 is needed",
            $"{extent} needed, {padded} there",
            $"write `kernel={Resized(window.Kernel, dimension, largest)}`");
    }

    public static Diagnostic GroupsDoNotDivideInput(LayerContext context, long groups) => Error(
        "PD3022",
        context.Span,
        $"`{context.Title}` cannot split the {Wording.Count(context.Input.Sizes[0], "channel")} of {context.Input} "
            + $"into {groups} groups: "
            + Remainder(context.Input.Sizes[0], groups),
        Wording.Count(context.Input.Sizes[0], "channel comes in", "channels come in"),
        $"write `groups={GreatestCommonDivisor(context.Input.Sizes[0], context.Arguments.Integer("channels"))}`");

    public static Diagnostic GroupsDoNotDivideOutput(LayerContext context, long groups)
    {
        var channels = context.Arguments.Integer("channels");
        return Error(
            "PD3023",
            context.Span,
            $"`{context.Title}` cannot make {channels} channels in {groups} groups: {Remainder(channels, groups)}",
            $"{groups} groups give a multiple of {groups} channels",
            $"write `conv2d {checked(((channels / groups) + 1) * groups)}`");
    }

    public static Diagnostic PoolPaddingTooLarge(LayerContext context, SlidingWindow window, int dimension)
    {
        var (kernel, padding) = (window.Kernel[dimension], window.Padding[dimension]);
        return Error(
            "PD3024",
            context.Span,
            $"`{context.Title}` has padding {padding} with a kernel of {kernel} in its {ImageDimensions[dimension]}, "
                + $"and at most half the kernel is allowed: {kernel} / 2 = {kernel / 2}",
            "some windows would see padding alone",
            $"write `padding={kernel / 2}`");
    }

    public static Diagnostic NeedsFeaturesOrImage(LayerContext context) => Error(
        "PD3025",
        context.Span,
        $"`{context.Title}` needs [features] or [channels, height, width], and what comes in is {context.Input}",
        Arriving(context.Input),
        context.Input.DimensionCount == 0
            ? "write `input [1]` in the data block"
            : "write `layer_norm`, which works on the last dimension, or put `flatten` before it");

    public static Diagnostic NeedsDimension(LayerContext context) => Error(
        "PD3026",
        context.Span,
        $"`{context.Title}` needs at least one dimension, "
            + $"and each sample that comes in is a single number of shape {context.Input}",
        "no dimension comes in",
        "write `input [1]` in the data block");

    /// <param name="canProject">Whether a projection of the bypass makes the two shapes the same.</param>
    public static Diagnostic ResidualShapesDiffer(Shape bypass, Shape body, SourceSpan span, bool canProject) => Error(
        "PD3027",
        span,
        $"this `residual` adds what comes in, of shape {bypass}, to what its layers give, "
            + $"of shape {body}, and the two must be the same",
        $"{bypass} goes in, {body} comes out",
        canProject ? $"write `residual projection=true {{ ... }}`, or {SameShape(bypass)}" : SameShape(bypass));

    public static Diagnostic ResidualCannotProject(Shape bypass, Shape body, SourceSpan span) => Error(
        "PD3063",
        span,
        $"no projection makes the shape {body}, which this `residual`'s layers give, of what comes in, {bypass}: "
            + WhyNotProjected(bypass, body),
        $"{bypass} goes in, {body} comes out",
        bypass.DimensionCount == 3 && body.DimensionCount == 3
            ? "pad its convolutions so that only their strides make the image smaller: `conv2d 32 kernel=3 padding=1 stride=2`"
            : SameShape(bypass));

    private static string WhyNotProjected(Shape bypass, Shape body)
    {
        if (bypass.DimensionCount != body.DimensionCount)
            return $"the one has {Wording.Count(body.DimensionCount, "dimension")}, the other {bypass.DimensionCount}";
        if (bypass.DimensionCount != 3)
            return "it changes the last dimension alone";
        var dimension = BypassProjection.Stride(bypass.Sizes[1], body.Sizes[1]) is null ? 0 : 1;
        var (size, left) = (bypass.Sizes[dimension + 1], body.Sizes[dimension + 1]);
        return $"a stride of s makes ({size} - 1) / s + 1 of a {ImageDimensions[dimension]} of {size}, and that is "
            + $"never {left}";
    }

    private static string SameShape(Shape shape) => shape.DimensionCount == 1
        ? $"end the block with `linear {shape.Sizes[0]}`"
        : $"choose the block's last layer so that it gives {shape}";

    public static Diagnostic NothingToLearn(SourceSpan span, ImmutableArray<CheckedLayer> layers) => Error(
        "PD3028",
        span,
        $"this `model` has nothing to learn: {Wording.And(layers.Select(layer => layer.Kind).Distinct())} "
            + "come without parameters",
        "0 parameters",
        "add a layer that has some, such as `linear 10`");

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);

    /// <summary>The kernel with one of its sizes changed: a single number where both were the same.</summary>
    private static string Resized(ImmutableArray<long> kernel, int dimension, long size) => kernel[0] == kernel[1]
        ? $"{size}"
        : $"[{string.Join(", ", kernel.SetItem(dimension, size))}]";

    private static string Arriving(Shape shape) =>
        shape.DimensionCount == 1 ? "1 dimension comes in" : $"{shape.DimensionCount} dimensions come in";

    private static string Remainder(long total, long parts) => $"{total} = {parts} x {total / parts} + {total % parts}";

    private static long? SquareRoot(long number)
    {
        var root = (long)Math.Sqrt(number);
        return root * root == number ? root : null;
    }

    private static long GreatestCommonDivisor(long left, long right) =>
        right == 0 ? left : GreatestCommonDivisor(right, left % right);
}
