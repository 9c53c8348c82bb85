using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// A collective as the other ranks of its group meet it: two that differ in anything would wait for ever or mix sums.
/// </summary>
internal sealed record IssuedCollective(string What, int Group, long Bytes)
{
    /// <summary>What a list of actions issues, in order.</summary>
    public static ImmutableArray<IssuedCollective> Of(IEnumerable<PlanAction> actions) => [.. actions.SelectMany(Of)];

    private static IEnumerable<IssuedCollective> Of(PlanAction action) => action switch
    {
        PlanAction.Forward forward => Inside(forward.Collectives, $"forward {forward.MicroBatch}"),
        PlanAction.Backward backward => Inside(backward.Collectives, $"backward {backward.MicroBatch}"),
        PlanAction.AllReduceGradients reduce => [new($"all-reduce of bucket {reduce.Bucket}", reduce.Group, reduce.Bytes)],
        PlanAction.AllReduceMetrics reduce => [new("all-reduce of metrics", reduce.Group, reduce.Bytes)],
        _ => [],
    };

    private static IEnumerable<IssuedCollective> Inside(ImmutableArray<LayerCollective> collectives, string pass) =>
        collectives.Select(collective => new IssuedCollective(
            $"{collective.Kind.Words()} of layer {collective.Layer} in {pass}", collective.Group, collective.Bytes));
}
