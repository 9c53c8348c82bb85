using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// A collective as the other ranks of its group meet it: two that differ in anything would wait for ever or mix sums.
/// </summary>
/// <param name="Subject">What is moved: "bucket 0", "metrics", "layer 3".</param>
/// <param name="Pass">For one inside a pass: " in forward 0"; else empty.</param>
/// <param name="Bytes">What each rank puts in.</param>
/// <param name="IsBackground">Whether it goes through the group's second channel, beside other work.</param>
public sealed record IssuedCollective(
    CollectiveKind Kind, string Subject, string Pass, int Group, long Bytes, bool IsBackground)
{
    /// <summary>Of one of a layer's numbers; 0 for what is not a layer's.</summary>
    public long ElementBytes { get; init; }

    /// <summary>The layer whose pass it is a part of; null for one that stands alone.</summary>
    public int? Layer { get; init; }

    /// <summary>"all-gather of layer 1 in forward 0".</summary>
    public string What => $"{Kind.Words()} of {Subject}{Pass}";

    /// <summary>What a list of actions issues, in order.</summary>
    public static ImmutableArray<IssuedCollective> Of(IEnumerable<PlanAction> actions) => [.. actions.SelectMany(Of)];

    public static IEnumerable<IssuedCollective> Of(PlanAction action) => action switch
    {
        PlanAction.Forward forward => Inside(forward.Collectives, $" in forward {forward.MicroBatch}"),
        PlanAction.Recompute again => Inside(again.Collectives, $" in recomputation {again.MicroBatch}"),
        PlanAction.Backward backward => Inside(backward.Collectives, $" in backward {backward.MicroBatch}"),
        PlanAction.InputGradient backward => Inside(backward.Collectives, $" in backward {backward.MicroBatch}"),
        PlanAction.Measure measure => Inside(measure.Collectives, $" in measurement {measure.MicroBatch}"),
        PlanAction.ReduceGradients reduce =>
            [new(reduce.Kind, $"bucket {reduce.Bucket}", "", reduce.Group, reduce.Bytes, reduce.IsBackground)],
        PlanAction.GatherParameters gather =>
        [
            new(
                CollectiveKind.AllGather,
                $"parameters of bucket {gather.Bucket}",
                "",
                gather.Group,
                gather.Bytes,
                gather.IsBackground),
        ],
        PlanAction.SumSharedGradient sum =>
            [new(CollectiveKind.AllReduce, $"gradient of {sum.Parameter}", "", sum.Group, sum.Bytes, false)],
        PlanAction.SumPartialGradients sum =>
            [new(CollectiveKind.AllReduce, "partial gradients", "", sum.Group, sum.Bytes, false)],
        PlanAction.WidenGradients { Group: { } group } widen =>
            [new(CollectiveKind.AllReduce, "overflow", "", group, widen.Bytes, false)],
        PlanAction.Clip { Group: { } group } clip =>
            [new(CollectiveKind.AllReduce, "gradient norm", "", group, clip.Bytes, false)],
        PlanAction.CompareReplicas compare =>
            [new(CollectiveKind.AllGather, "parameters' hashes", "", compare.Group, compare.Bytes, false)],
        PlanAction.AllReduceMetrics reduce =>
            [new(CollectiveKind.AllReduce, "loss and metrics", "", reduce.Group, reduce.Bytes, false)],
        _ => [],
    };

    private static IEnumerable<IssuedCollective> Inside(ImmutableArray<LayerCollective> collectives, string pass) =>
        collectives.Select(inside =>
            new IssuedCollective(inside.Kind, $"layer {inside.Layer}", pass, inside.Group, inside.Bytes, false)
            {
                ElementBytes = inside.Bytes / inside.Elements,
                Layer = inside.Layer,
            });
}
