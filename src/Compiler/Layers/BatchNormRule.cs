using System.Collections.Immutable;
using ParDsl.Compiler.Catalogue;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Layers.Splits;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Layers;

/// <summary>
/// PyTorch's BatchNorm1d over [features] and BatchNorm2d over [channels, height, width], with the statistics of the whole
/// micro-batch over all data ranks, as SyncBatchNorm has them.
/// </summary>
public sealed class BatchNormRule : ISynchronizedLayer, ISplitLayer
{
    public string Name => "batch_norm";

    public string Summary =>
        "Gives each feature or channel mean 0 and variance 1 over the micro-batch, then a learned scale and shift.";

    public ImmutableArray<ArgumentRule> Arguments { get; } =
    [
        new("momentum", ArgumentType.Real, "The weight of the newest batch in the running statistics.")
        {
            Default = 0.1,
            Minimum = 0,
            Maximum = 1,
        },
        new("epsilon", ArgumentType.Real, "What is added to the variance.")
        {
            Default = 1e-5,
            Minimum = 0,
            ExcludesMinimum = true,
        },
    ];

    /// <summary>
    /// Mean, variance, scaling and shifting are 8 operations for each number. Autograd keeps the input; the two statistics
    /// of a channel are kept once a micro-batch and are left out.
    /// </summary>
    public LayerOutcome Infer(LayerContext context)
    {
        if (context.Input.DimensionCount is not (1 or 3))
            return new LayerOutcome.Mistake(ShapeErrors.NeedsFeaturesOrImage(context));

        var count = context.Input.ElementCount;
        var channels = Shape.Of(context.Input.Sizes[0]);
        return new LayerOutcome.Facts(
            context.Input, Parameters(context.Name, channels), Buffers(context.Name, channels), checked(8 * count), count);
    }

    /// <summary>Statistics and scaling are a pass each; backward too.</summary>
    public LayerWork Work(CheckedLayer layer)
    {
        double count = layer.Output.ElementCount;
        return new([OperationWork.Pass(4 * count, calls: 6)], [OperationWork.Pass(6 * count, calls: 5)]);
    }

    /// <summary>
    /// Each channel's mean and squared deviation, and the count: gathered, since a sum of squares would lose digits.
    /// </summary>
    public SynchronizedWork Forward(CheckedLayer layer) =>
        new(CollectiveKind.AllGather, checked((2 * layer.Output.Sizes[0]) + 1));

    /// <summary>Each channel's sum of gradients, and of gradients times normalised inputs.</summary>
    public SynchronizedWork Backward(CheckedLayer layer) =>
        new(CollectiveKind.AllReduce, checked(2 * layer.Output.Sizes[0]));

    private static ImmutableArray<CheckedParameter> Parameters(string name, Shape channels) =>
    [
        new($"{name}.weight", channels, new Initialization.Constant(1)),
        new($"{name}.bias", channels, new Initialization.Constant(0)),
    ];

    private static ImmutableArray<CheckedBuffer> Buffers(string name, Shape channels) =>
    [
        new($"{name}.running_mean", channels, 0, IsInteger: false),
        new($"{name}.running_var", channels, 1, IsInteger: false),
        new($"{name}.num_batches_tracked", Shape.Of(), 0, IsInteger: true),
    ];

    /// <summary>By channels, each of which has statistics of its own.</summary>
    public SplitOffer? Offer(CheckedLayer layer, int? inputCut, int degree)
    {
        if (inputCut != 0)
            return null;
        var cuts = LocalLayer.Cuts(layer, ("weight", 0, 1), ("bias", 0, 1), ("running_mean", 0, 1), ("running_var", 0, 1));
        return new SplitOffer(new LayerSplit(SplitKind.Kept, 0), LocalLayer.Of(layer, 0, degree, cuts), cuts);
    }
}
