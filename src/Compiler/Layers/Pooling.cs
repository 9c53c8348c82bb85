using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>What both pools share: their arguments, and a window that moves by its own size unless told otherwise.</summary>
internal static class Pooling
{
    public static readonly ImmutableArray<ArgumentRule> Arguments =
    [
        new("kernel", ArgumentType.IntegerPair, "The window's height and width.") { IsPositional = true, Minimum = 1 },
        new("stride", ArgumentType.IntegerPair, "How far the window moves; 0 is the kernel's size.")
        {
            Default = ImmutableArray.Create(0L, 0L),
            Minimum = 0,
        },
        new("padding", ArgumentType.IntegerPair, "What is added on each side, at most half the kernel.")
        {
            Default = ImmutableArray.Create(0L, 0L),
            Minimum = 0,
        },
    ];

    /// <param name="savesPlaces">Whether autograd keeps where each number came from, beside the input.</param>
    public static LayerOutcome Infer(LayerContext context, bool savesPlaces)
    {
        var window = Window(context.Arguments);
        for (var dimension = 0; dimension < 2; dimension++)
        {
            if (window.Padding[dimension] > window.Kernel[dimension] / 2)
                return new LayerOutcome.Mistake(ShapeErrors.PoolPaddingTooLarge(context, window, dimension));
        }

        if (window.Misfit(context) is { } misfit)
            return new LayerOutcome.Mistake(misfit);

        var output = window.Output(context.Input, context.Input.Sizes[0]);
        var flops = checked(window.Area * output.ElementCount);
        return new LayerOutcome.Facts(output, [], [], flops, context.Input.ElementCount)
        {
            SavedIndicesPerSample = savesPlaces ? output.ElementCount : 0,
        };
    }

    /// <summary>Of a tensor rank its channels alone.</summary>
    /// <param name="passesPerOutput">The numbers written, or read backward, for each one that comes out.</param>
    public static LayerWork Work(CheckedLayer layer, int passesPerOutput)
    {
        var input = layer.InputShapes[0];
        var elements = ((double)input.ElementCount / input.Sizes[0] * layer.Output.Sizes[0])
            + (passesPerOutput * layer.Output.ElementCount);
        return new([OperationWork.Pass(elements)], [OperationWork.Pass(elements)]);
    }

    private static SlidingWindow Window(CheckedArguments arguments)
    {
        var kernel = arguments.Integers("kernel");
        var stride = arguments.Integers("stride").Select((size, dimension) => size == 0 ? kernel[dimension] : size);
        return new SlidingWindow(kernel, [.. stride], arguments.Integers("padding"), [1, 1]);
    }
}
