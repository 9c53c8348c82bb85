using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Layers.Combinations;

/// <summary>What is combined number by number: all values have one shape, and the result has it too.</summary>
internal static class EqualShapes
{
    /// <param name="savedPerSign">How many of a shape's numbers autograd keeps for each of the operators between values.</param>
    public static LayerOutcome Infer(CombinationContext context, string verb, int savedPerSign)
    {
        var shape = context.Inputs[0].Shape;
        var other = context.Inputs.FirstOrDefault(input => !input.Shape.Equals(shape));
        if (other is not null)
            return new LayerOutcome.Mistake(CombinationErrors.ShapesDiffer(context, verb, other));
        var operations = checked((context.Inputs.Length - 1) * shape.ElementCount);
        return new LayerOutcome.Facts(shape, [], [], operations, checked(savedPerSign * operations));
    }
}
