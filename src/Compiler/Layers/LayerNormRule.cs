using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's LayerNorm over the last dimension.</summary>
public sealed class LayerNormRule : ILayerRule, ISequenceLayer
{
    public string Name => "layer_norm";

    public string Summary => "Gives the last dimension of each sample mean 0 and variance 1, then a learned scale and shift.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("epsilon", ArgumentType.Real, "What is added to the variance.")
        {
            Default = 1e-5,
            Minimum = 0,
            ExcludesMinimum = true,
        },
    ];

    /// <summary>8 operations for each number; autograd keeps the input, and mean and deviation of every row.</summary>
    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount == 0)
            return new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context));

        var count = context.Input.ElementCount;
        var rows = count / context.Input.Sizes[^1];
        return new LayerOutcome.Facts(context.Input, Parameters(context), [], checked(8 * count), checked(count + (2 * rows)));
    }

    private static ImmutableArray<CheckedParameter> Parameters(LayerContext context)
    {
        var features = Shape.Of(context.Input.Sizes[^1]);
        return
        [
            new($"{context.Name}.weight", features, new Initialization.Constant(1)),
            new($"{context.Name}.bias", features, new Initialization.Constant(0)),
        ];
    }

    /// <summary>Backward the sums for the weight and the bias take a second pass.</summary>
    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(3 * count)], [OperationWork.Pass(5 * count, calls: 3)]);
    }

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
