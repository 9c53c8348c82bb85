using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// PyTorch's MultiheadAttention of a sequence with itself, without its dropout: queries, keys and values from one projection,
/// softmax(Q K^T / sqrt(features / heads)) V in each head, and a projection of all heads together.
/// </summary>
public sealed class AttentionRule : ILayerRule, ISplitLayer
{
    public string Name => "attention";

    public string Summary => "Lets each place of a sequence take from all places, by how well they match it.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("heads", ArgumentType.Integer, "How many attentions share the features; it divides their number.") { Minimum = 1 },
        new("causal", ArgumentType.Flag, "Whether a place sees only itself and the places before it.") { Default = false },
        new("bias", ArgumentType.Flag, "Whether both projections have a bias.") { Default = true },
    ];

    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount != 2)
            return new LayerOutcome.Mistake(SequenceErrors.NeedsSequence(context));
        var (features, heads) = (context.Input.Sizes[1], context.Arguments.Integer("heads"));
        return features % heads == 0
            ? Facts(context, heads)
            : new LayerOutcome.Mistake(SequenceErrors.HeadsDoNotDivide(context, heads));
    }

    private static LayerOutcome.Facts Facts(LayerContext context, long heads) => new(
        context.Input, Parameters(context), [], Operations(context.Input, heads), Saved(context.Input, heads));

    /// <summary>
    /// The two projections, Q K^T and the weighted sum of V, and 5 for each number of the softmax. A causal one is counted
    /// whole: it is a matter of the kernel what it leaves out.
    /// </summary>
    private static long Operations(Shape input, long heads)
    {
        var (length, features) = (input.Sizes[0], input.Sizes[1]);
        return checked((8 * length * features * features) + (4 * length * length * features) + (5 * heads * length * length));
    }

    /// <summary>The input, queries, keys, values and the heads' output; a sum for each row instead of all weights.</summary>
    private static long Saved(Shape input, long heads) => checked((5 * input.ElementCount) + (heads * input.Sizes[0]));

    /// <summary>The first weight starts as Glorot and Bengio's uniform does, the second as a linear layer; biases at 0.</summary>
    private static ImmutableArray<CheckedParameter> Parameters(LayerContext context)
    {
        var features = context.Input.Sizes[1];
        var combined = checked(3 * features);
        var glorot = new Initialization.Uniform(Math.Sqrt(6.0 / (features + combined)));
        var zero = new Initialization.Constant(0);
        CheckedParameter inWeight = new($"{context.Name}.in_proj_weight", Shape.Of(combined, features), glorot);
        CheckedParameter inBias = new($"{context.Name}.in_proj_bias", Shape.Of(combined), zero);
        var outWeight = FanIn.Parameter($"{context.Name}.out_proj.weight", Shape.Of(features, features), features);
        CheckedParameter outBias = new($"{context.Name}.out_proj.bias", Shape.Of(features), zero);
        return context.Arguments.Flag("bias") ? [inWeight, inBias, outWeight, outBias] : [inWeight, outWeight];
    }

    /// <summary>
    /// The two projections, and between them the kernel, which reads queries, keys and values; backward it computes the
    /// weights of attention once more (Dao et al. 2022): five products where forward has two.
    /// </summary>
    public LayerWork Work(CheckedLayer layer)
    {
        var (length, features) = ((double)layer.InputShapes[0].Sizes[0], (double)layer.InputShapes[0].Sizes[1]);
        var own = layer.Parameters[0].Shape.ElementCount / (3 * features); // Of a tensor rank's heads.
        var scores = layer.Arguments.Integer("heads") * length * length;
        var half = layer.Arguments.Flag("causal") ? 0.5 : 1;
        var kernel = new OperationWork(WorkKind.Attention, half * 4 * length * length * own, 4 * length * own)
        {
            Specials = half * scores,
            Calls = 6,
        };
        return Projection(layer, 3 * own, features)
            .Then(new(
                [kernel],
                [
                    kernel with { Operations = 2.5 * kernel.Operations, Elements = 2 * kernel.Elements },
                    // The gradients of queries, keys and values are put side by side.
                    OperationWork.Pass(6 * length * own),
                ]))
            .Then(Projection(layer, features, own));
    }

    private static LayerWork Projection(CheckedLayer layer, double outputs, double inputs)
    {
        var length = layer.InputShapes[0].Sizes[0];
        var product = new OperationWork(WorkKind.Product, 2 * length * outputs * inputs, length * (outputs + inputs))
        {
            WeightElements = outputs * inputs,
            Inputs = inputs,
        };
        return new(
            [product],
            [
                product with { IsOfInput = true },
                product with { IsOfWeights = true },
                OperationWork.Pass(0) with { WeightElements = 3 * outputs * inputs, IsOfWeights = true },
                OperationWork.Pass(length * outputs, calls: 2),
            ]);
    }

    /// <summary>By heads: the first projection's queries, keys and values by columns, the second by rows.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree)
    {
        var heads = layer.Arguments.Integer("heads");
        if (inputCut is not null || heads % degree != 0)
            return null;
        var cuts = LocalLayer.Cuts(layer, ("in_proj_weight", 0, 3), ("in_proj_bias", 0, 3), ("out_proj.weight", 1, 1));
        var local = LocalLayer.Of(layer, null, degree, cuts) with
        {
            Arguments = new(layer.Arguments.Values.SetItem("heads", heads / degree)),
            // The input of the first projection is whole on each rank.
            SavedElementsPerSample = layer.Output.ElementCount + ((layer.SavedElementsPerSample - layer.Output.ElementCount) / degree),
        };
        return new SplitOffer(new LayerSplit(SplitKind.Heads, null), local, cuts);
    }
}
