using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>
/// PyTorch's cat: the values one behind the other along an axis, in all others of one size. The axis counts the batch as 0,
/// as PyTorch's dim does, so 1 is a sample's first dimension: the channels of an image.
/// </summary>
public sealed class ConcatCombination : ICombinationRule, ISequenceLayer
{
    public string Name => "concat";

    public string Summary => "The values one behind the other along an axis.";

    public string Sign => ", ";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("axis", ArgumentType.Integer, "The dimension along which they are joined; the batch is 0.") { Default = 1L },
    ];

    public LayerOutcome Infer(CombinationContext context)
    {
        var (axis, first) = (context.Arguments.Integer("axis"), context.Inputs[0].Shape);
        if (axis < 1 || axis > first.DimensionCount)
            return new LayerOutcome.Mistake(CombinationErrors.AxisBeyondShape(context, axis, first));
        var dimension = (int)axis - 1;
        var other = context.Inputs.FirstOrDefault(input => !IsAlikeBeside(first, input.Shape, dimension));
        return other is null
            ? new LayerOutcome.Facts(Joined(context, dimension), [], [], 0, 0)
            : new LayerOutcome.Mistake(CombinationErrors.SizesDiffer(context, axis, other));
    }

    /// <summary>Whether two shapes are the same but for one dimension.</summary>
    internal static bool IsAlikeBeside(Shape left, Shape right, int dimension) =>
        left.DimensionCount == right.DimensionCount
        && dimension < left.DimensionCount
        && left.Sizes.SetItem(dimension, 0).SequenceEqual(right.Sizes.SetItem(dimension, 0));

    private static Shape Joined(CombinationContext context, int dimension)
    {
        var size = context.Inputs.Aggregate(0L, (sum, input) => checked(sum + input.Shape.Sizes[dimension]));
        return new Shape(context.Inputs[0].Shape.Sizes.SetItem(dimension, size));
    }

    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(2 * count)], [OperationWork.Pass(2 * count, calls: layer.Inputs.Length)]);
    }

    /// <summary>Features can be joined place by place, sequences cannot.</summary>
    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) =>
        layer.Arguments.Integer("axis") > 1 ? SplitOffer.OfPlaces(layer, degree) : null;
}
