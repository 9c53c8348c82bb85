using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's Linear: the last dimension is replaced, the ones before it are kept.</summary>
public sealed class LinearRule : ILayerRule
{
    public string Name => "linear";

    public string Summary => "Makes each output from all numbers of the last dimension: a weighted sum and a bias.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("outputs", ArgumentType.Integer, "The last dimension of what comes out.") { IsPositional = true, Minimum = 1 },
        new("bias", ArgumentType.Flag, "Whether a learned number is added to each output.") { Default = true },
    ];

    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount == 0)
            return new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context));

        var inputs = context.Input.Sizes[^1];
        var output = new Shape(
            context.Input.Sizes.SetItem(context.Input.DimensionCount - 1, context.Arguments.Integer("outputs")));
        var flops = checked(2 * inputs * output.ElementCount);
        return new LayerOutcome.Facts(output, Parameters(context, inputs), [], flops, context.Input.ElementCount);
    }

    private static ImmutableArray<CheckedParameter> Parameters(LayerContext context, long inputs)
    {
        var outputs = context.Arguments.Integer("outputs");
        var weight = FanIn.Parameter($"{context.Name}.weight", Shape.Of(outputs, inputs), inputs);
        return context.Arguments.Flag("bias")
            ? [weight, FanIn.Parameter($"{context.Name}.bias", Shape.Of(outputs), inputs)]
            : [weight];
    }
}
