using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What layers, the loss and metrics move inside a segment's forward and backward pass, in the order in which they run:
/// statistics between data ranks; sums over the parts that tensor ranks have, and the gathering and scattering of a sequence.
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

    public ImmutableArray<LayerCollective> Metrics() => tensorGroup is not null && context.Tensor.CutsClasses
        ? [.. context.Program.Training.Metrics.Select(_ => OfRows(LastLayer, AccuracyNumbers))]
        : [];

    private LayerCollective[] Loss() => tensorGroup is not null && context.Tensor.CutsClasses
        ? [OfRows(LastLayer, LossNumbers)]
        : [];

    private IEnumerable<LayerCollective> Forward(CheckedLayer layer, bool isTraining)
    {
        foreach (var (entry, value) in Entries(layer))
        {
            if (entry.Forward() is { } kind)
                yield return OfValue(layer.Index, kind, context.Flow.Elements(value));
        }

        if (isTraining && dataGroup is not null && Synchronized(layer) is { } rule)
            yield return Statistics(layer, rule.Forward(layer), dataGroup);
        if (Split(layer) is { Kind: var split, DividesSequence: var divides } && split.SumsOutput())
            yield return divides
                ? OfValue(layer.Index, CollectiveKind.ReduceScatter, WholeOutput(layer))
                : OfValue(layer.Index, CollectiveKind.AllReduce, layer.Output.ElementCount);
    }

    private IEnumerable<LayerCollective> Backward(CheckedLayer layer)
    {
        if (Split(layer) is { DividesSequence: true, Kind: var split } && split.SumsOutput())
            yield return OfValue(layer.Index, CollectiveKind.AllGather, layer.Output.ElementCount);
        foreach (var (entry, value) in Entries(layer))
        {
            if (entry.Backward() is { } kind && context.Flow.IsDifferentiable(value))
                yield return OfValue(layer.Index, kind, BackwardElements(entry, value));
        }

        if (dataGroup is not null && Synchronized(layer) is { } rule)
            yield return Statistics(layer, rule.Backward(layer), dataGroup);
    }

    /// <summary>What a rank has of the gradient of a value that enters a layer.</summary>
    private long BackwardElements(ValueEntry entry, int value) => entry switch
    {
        ValueEntry.GatherForParts => checked(context.Flow.Elements(value) * context.Tensor.Degree),
        ValueEntry.TakePlaces => context.Flow.Elements(value) / context.Tensor.Degree,
        _ => context.Flow.Elements(value),
    };

    private IEnumerable<(ValueEntry Entry, int Value)> Entries(CheckedLayer layer) =>
        tensorGroup is null ? [] : context.Tensor.Entries(layer).Zip(layer.Inputs);

    private LayerSplit? Split(CheckedLayer layer) => tensorGroup is null ? null : context.Tensor.Layers[layer.Index];

    private long WholeOutput(CheckedLayer layer) => context.Program.Model.Layers[layer.Index].Output.ElementCount;

    private LayerCollective Statistics(CheckedLayer layer, SynchronizedWork work, GroupPlan group) =>
        new(layer.Index, work.Kind, group.Index, work.Elements, checked(work.Elements * context.MasterBytes));

    /// <summary>Of values of a whole micro-batch, between tensor ranks; an epoch's last may have fewer samples.</summary>
    /// <param name="elementsOfSample">What each rank puts in.</param>
    private LayerCollective OfValue(int layer, CollectiveKind kind, long elementsOfSample)
    {
        var elements = checked(elementsOfSample * context.Batch.RankMicroBatch);
        return new(layer, kind, tensorGroup!.Index, elements, checked(elements * context.ElementBytes));
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
