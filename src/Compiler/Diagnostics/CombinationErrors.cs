using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers.Combinations;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>PD3060 to PD3062: values that cannot be combined. The first input is what the others are compared with.</summary>
internal static class CombinationErrors
{
    /// <param name="verb">"adds", "multiplies".</param>
    public static Diagnostic ShapesDiffer(CombinationContext context, string verb, CombinationInput other)
    {
        var first = context.Inputs[0];
        return Finding.Error(
            "PD3060",
            context.Span,
            $"this {verb} number by number, so all shapes must be the same, but {first.Title} is {first.Shape} "
                + $"and {other.Title} is {other.Shape}: {Difference(first.Shape, other.Shape)}",
            $"{first.Shape} and {other.Shape}",
            $"choose the layers so that {other.Title} is {first.Shape} too{OrConcat(first.Shape, other.Shape)}");
    }

    public static Diagnostic SizesDiffer(CombinationContext context, long axis, CombinationInput other)
    {
        var first = context.Inputs[0];
        return Finding.Error(
            "PD3061",
            context.Span,
            $"this joins along axis {Wording.Number(axis)}, so all other sizes must be the same, but {first.Title} is "
                + $"{first.Shape} and {other.Title} is {other.Shape}: {Difference(first.Shape, other.Shape, axis)}",
            $"{first.Shape} and {other.Shape}",
            FittingAxis(first.Shape, other.Shape) is { } fitting
                ? $"write `axis={Wording.Number(fitting)}`"
                : "bring both to one size first: an image with `max_pool` or a `stride`, features with `linear`");
    }

    public static Diagnostic AxisBeyondShape(CombinationContext context, long axis, Shape shape)
    {
        var found = axis == 0
            ? "axis 0 is the batch, and samples are never joined with each other"
            : $"there is no axis {Wording.Number(axis)} in a value of shape {shape}";
        return Finding.Error(
            "PD3062",
            context.Span,
            $"{found}; {Axes(shape)}",
            $"axis {Wording.Number(axis)}",
            shape.DimensionCount == 0 ? "write `input [1]` in the data block" : "write `axis=1`");
    }

    private static string Axes(Shape shape) => shape.DimensionCount switch
    {
        0 => "a single number has none",
        1 => $"the only one is axis 1, of size {Wording.Number(shape.Sizes[0])}",
        var count => $"a sample's axes go from 1, of size {Wording.Number(shape.Sizes[0])}, to {count}, of size "
            + Wording.Number(shape.Sizes[^1]),
    };

    /// <summary>The first size that is not the same: "axis 2 has 14 and 28".</summary>
    private static string Difference(Shape left, Shape right, long joined = 0)
    {
        if (left.DimensionCount != right.DimensionCount)
            return $"{Dimensions(left)} and {Dimensions(right)}";
        var axis = Enumerable.Range(1, left.DimensionCount)
            .First(axis => axis != joined && left.Sizes[axis - 1] != right.Sizes[axis - 1]);
        return $"axis {axis} has {Wording.Number(left.Sizes[axis - 1])} and {Wording.Number(right.Sizes[axis - 1])}";
    }

    private static string Dimensions(Shape shape) => Wording.Count(shape.DimensionCount, "dimension");

    private static string OrConcat(Shape left, Shape right) =>
        ConcatCombination.IsAlikeBeside(left, right, 0) ? ", or join them with `concat`" : "";

    private static long? FittingAxis(Shape left, Shape right)
    {
        for (var dimension = 0; dimension < left.DimensionCount; dimension++)
        {
            if (ConcatCombination.IsAlikeBeside(left, right, dimension))
                return dimension + 1;
        }

        return null;
    }
}
