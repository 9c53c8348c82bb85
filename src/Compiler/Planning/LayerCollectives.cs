using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Layers;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What layers, the loss and metrics move inside a segment's forward and backward pass, in the order in which they run:
/// statistics between data ranks, and what tensor ranks move.
/// </summary>
/// <param name="dataGroup">Null where one rank has a micro-batch whole.</param>
/// <param name="tensorGroup">Null where a rank does whole layers.</param>
internal sealed class LayerCollectives(PlanContext context, GroupPlan? dataGroup, GroupPlan? tensorGroup)
{
    private readonly TensorCollectives? tensor = tensorGroup is null ? null : new(context, tensorGroup);

    /// <summary>Those of a segment's passes, found once for all micro-batches.</summary>
    private readonly Dictionary<(int Segment, string Pass), ImmutableArray<LayerCollective>> known = [];

    private int LastLayer => context.LocalModel.Layers.Length - 1;

    /// <param name="measures">Whether the metrics are measured in the same pass.</param>
    public ImmutableArray<LayerCollective> Forward(SegmentPlan segment, bool measures) => Once(segment, measures ? "training" : "evaluation", () =>
    [
        .. Layers(segment).SelectMany(layer => Forward(layer, isTraining: measures)),
        .. segment.Holds(LastLayer) ? Loss() : [],
        .. segment.Holds(LastLayer) && measures ? Metrics() : [],
    ]);

    /// <summary>The same once more, without the metrics.</summary>
    public ImmutableArray<LayerCollective> Recompute(SegmentPlan segment) => Once(segment, "recomputation", () =>
    [
        .. Layers(segment).SelectMany(layer => Forward(layer, isTraining: true)),
        .. segment.Holds(LastLayer) ? Loss() : [],
    ]);

    public ImmutableArray<LayerCollective> Backward(SegmentPlan segment) =>
        Once(segment, "backward", () => [.. Layers(segment).Reverse().SelectMany(Backward)]);

    public ImmutableArray<LayerCollective> Metrics() => tensor?.Metrics() ?? [];

    private ImmutableArray<LayerCollective> Once(SegmentPlan segment, string pass, Func<ImmutableArray<LayerCollective>> make)
    {
        if (!known.TryGetValue((segment.Index, pass), out var collectives))
            known.Add((segment.Index, pass), collectives = make());
        return collectives;
    }

    private ImmutableArray<LayerCollective> Loss() => tensor?.Loss() ?? [];

    private IEnumerable<LayerCollective> Forward(CheckedLayer layer, bool isTraining) =>
    [
        .. tensor?.Enter(layer) ?? [],
        .. isTraining ? Statistics(layer, rule => rule.Forward(layer)) : [],
        .. tensor?.Leave(layer) ?? [],
    ];

    private IEnumerable<LayerCollective> Backward(CheckedLayer layer) =>
        [.. tensor?.Backward(layer) ?? [], .. Statistics(layer, rule => rule.Backward(layer))];

    private IEnumerable<LayerCollective> Statistics(CheckedLayer layer, Func<ISynchronizedLayer, SynchronizedWork> workOf)
    {
        if (dataGroup is null || LayerCatalogue.Find(layer.Kind) is not ISynchronizedLayer rule)
            yield break;
        var work = workOf(rule);
        yield return new(layer.Index, work.Kind, dataGroup.Index, work.Elements, checked(work.Elements * context.MasterBytes));
    }

    private IEnumerable<CheckedLayer> Layers(SegmentPlan segment) =>
        context.LocalModel.Layers.Skip(segment.FirstLayer).Take(segment.LayerCount);
}
