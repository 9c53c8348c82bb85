using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;

namespace ParDsl.Compiler.Layers;

/// <summary>PyTorch's RMSNorm over the last dimension (Zhang and Sennrich 2019).</summary>
public sealed class RmsNormRule : ILayerRule, ISequenceLayer
{
    public string Name => "rms_norm";

    public string Summary => "Divides the last dimension of each sample by its root mean square, then scales by learned numbers.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("epsilon", ArgumentType.Real, "What is added to the mean square.")
        {
            Default = 1e-5,
            Minimum = 0,
            ExcludesMinimum = true,
        },
    ];

    /// <summary>
    /// 4 operations for each number; autograd keeps the input before and after it is divided, and the root of every row.
    /// </summary>
    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount == 0)
            return new LayerOutcome.Mistake(ShapeErrors.NeedsDimension(context));

        var (count, features) = (context.Input.ElementCount, context.Input.Sizes[^1]);
        CheckedParameter weight = new($"{context.Name}.weight", Shape.Of(features), new Initialization.Constant(1));
        return new LayerOutcome.Facts(context.Input, [weight], [], checked(4 * count), checked((2 * count) + (count / features)));
    }

    /// <summary>Of operations that each write a value of their own.</summary>
    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(7 * count, calls: 6)], [OperationWork.Pass(12 * count, calls: 10)]);
    }

    public SplitOffer? OfPlaces(CheckedLayer layer, int degree) => SplitOffer.OfPlaces(layer, degree);
}
