using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What layers, the loss and metrics move inside a segment's forward and backward pass, in the order in which they run:
/// statistics between data ranks, and sums over the parts that tensor ranks have.
/// </summary>
/// <param name="dataGroup">Null where one rank has a micro-batch whole.</param>
/// <param name="tensorGroup">Null where a rank does whole layers.</param>
internal sealed class LayerCollectives(PlanContext context, GroupPlan? dataGroup, GroupPlan? tensorGroup)
{
    /// <summary>The greatest logit of a rank's classes, the sum of exponentials, the target's logit and the sum of all.</summary>
    public const int LossNumbers = 4;

    /// <summary>The greatest logit of a rank's classes, and its class.</summary>
    public const int AccuracyNumbers = 2;

    private int LastLayer => context.LocalModel.Layers.Length - 1;

    /// <param name="measures">Whether the metrics are measured in the same pass.</param>
    public ImmutableArray<LayerCollective> Forward(SegmentPlan segment, bool measures) =>
    [
        .. Layers(segment).SelectMany(layer => Forward(layer, isTraining: measures)),
        .. segment.Holds(LastLayer) ? Loss() : [],
        .. segment.Holds(LastLayer) && measures ? Metrics() : [],
    ];

    /// <summary>The same once more, without the metrics.</summary>
    public ImmutableArray<LayerCollective> Recompute(SegmentPlan segment) =>
    [
        .. Layers(segment).SelectMany(layer => Forward(layer, isTraining: true)),
        .. segment.Holds(LastLayer) ? Loss() : [],
    ];

    public ImmutableArray<LayerCollective> Backward(SegmentPlan segment) =>
        [.. Layers(segment).Reverse().SelectMany(Backward)];

    public ImmutableArray<LayerCollective> Metrics() => tensorGroup is not null && context.Tensor.CutsOutput
        ? [.. context.Program.Training.Metrics.Select(_ => OfRows(LastLayer, AccuracyNumbers))]
        : [];

    private LayerCollective[] Loss() => tensorGroup is not null && context.Tensor.CutsOutput
        ? [OfRows(LastLayer, LossNumbers)]
        : [];

    private IEnumerable<LayerCollective> Forward(CheckedLayer layer, bool isTraining)
    {
        if (isTraining && dataGroup is not null && Synchronized(layer) is { } rule)
            yield return Statistics(layer, rule.Forward(layer), dataGroup);
        if (tensorGroup is not null && context.Tensor.Layers[layer.Index].Kind.SumsOutput())
            yield return Sum(layer.Index, layer.Output.ElementCount, tensorGroup);
    }

    private IEnumerable<LayerCollective> Backward(CheckedLayer layer)
    {
        if (tensorGroup is not null && context.Tensor.Layers[layer.Index].Kind.SumsInputGradient()
            && context.Flow.IsDifferentiable(layer.Inputs[0]))
            yield return Sum(layer.Index, layer.InputShapes[0].ElementCount, tensorGroup);
        if (dataGroup is not null && Synchronized(layer) is { } rule)
            yield return Statistics(layer, rule.Backward(layer), dataGroup);
    }

    private LayerCollective Statistics(CheckedLayer layer, SynchronizedWork work, GroupPlan group) =>
        new(layer.Index, work.Kind, group.Index, work.Elements, checked(work.Elements * context.MasterBytes));

    /// <summary>A sum over values of a whole micro-batch; an epoch's last may have fewer samples.</summary>
    private LayerCollective Sum(int layer, long elementsOfSample, GroupPlan group)
    {
        var elements = checked(elementsOfSample * context.Batch.RankMicroBatch);
        return new(layer, CollectiveKind.AllReduce, group.Index, elements, checked(elements * context.ElementBytes));
    }

    /// <summary>Some numbers of each row of logits, from every rank to every rank.</summary>
    private LayerCollective OfRows(int layer, int numbers)
    {
        var output = context.LocalModel.Output;
        var rows = output.ElementCount / output.Sizes[^1] * context.Batch.RankMicroBatch;
        var elements = checked(rows * numbers);
        return new(layer, CollectiveKind.AllGather, tensorGroup!.Index, elements, checked(elements * context.MasterBytes));
    }

    private IEnumerable<CheckedLayer> Layers(SegmentPlan segment) =>
        context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount);

    private static ISynchronizedLayer? Synchronized(CheckedLayer layer) => LayerCatalogue.Find(layer.Kind) as ISynchronizedLayer;
}
