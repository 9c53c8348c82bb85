using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// What a convolution or a pool slides over height and width. Sizes are PyTorch's: floor((size + 2 padding - extent) / stride)
/// + 1, where a kernel with dilation has the extent dilation (kernel - 1) + 1.
/// </summary>
public sealed record SlidingWindow(
    ImmutableArray<long> Kernel,
    ImmutableArray<long> Stride,
    ImmutableArray<long> Padding,
    ImmutableArray<long> Dilation)
{
    /// <summary>The numbers under the window.</summary>
    public long Area => checked(Kernel[0] * Kernel[1]);

    public long Extent(int dimension) => checked((Dilation[dimension] * (Kernel[dimension] - 1)) + 1);

    /// <summary>Why the window does not fit over a layer's input; null where it does.</summary>
    public Diagnostic? Misfit(LayerContext context)
    {
        if (context.Input.DimensionCount != 3)
            return ShapeErrors.NeedsImage(context);
        for (var dimension = 0; dimension < 2; dimension++)
        {
            if (Extent(dimension) > Padded(context.Input, dimension))
                return ShapeErrors.KernelLargerThanInput(context, this, dimension);
        }

        return null;
    }

    /// <summary>[channels, height, width] after sliding over an input that it fits.</summary>
    public Shape Output(Shape input, long channels) => Shape.Of(channels, Size(input, 0), Size(input, 1));

    /// <summary>The size's formula with its numbers: <c>(28 + 2*0 - 30) / 1 + 1 = -1</c>.</summary>
    public string Arithmetic(Shape input, int dimension) =>
        $"({input.Sizes[dimension + 1]} + 2*{Padding[dimension]} - {Extent(dimension)}) / {Stride[dimension]} + 1 = "
            + $"{Size(input, dimension)}";

    /// <summary>The input's size with padding on both sides.</summary>
    public long Padded(Shape input, int dimension) => checked(input.Sizes[dimension + 1] + (2 * Padding[dimension]));

    private long Size(Shape input, int dimension) =>
        FloorDivide(Padded(input, dimension) - Extent(dimension), Stride[dimension]) + 1;

    private static long FloorDivide(long dividend, long divisor) =>
        (dividend / divisor) - (dividend % divisor < 0 ? 1 : 0);
}
