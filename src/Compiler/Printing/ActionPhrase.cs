using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// An action for people: layers by name, other ranks by their coordinate, groups by their axis. So ranks that do the same in
/// several replicas have the same words.
/// </summary>
internal sealed class ActionPhrase(ExecutionPlan plan, RankPlan rank)
{
    /// <summary>More collectives inside a pass than this are counted by kind and size.</summary>
    private const int MostListed = 8;

    /// <param name="microBatch">What is to stand for the micro-batch: its number, "i", "i + 1".</param>
    public string Of(PlanAction action, string microBatch) => action switch
    {
        PlanAction.Load => $"load micro-batch {microBatch}",
        PlanAction.Forward forward => $"forward{In(forward.Segment, microBatch)}{Inside(forward.Collectives)}",
        PlanAction.Recompute again => $"recompute{In(again.Segment, microBatch)}{Inside(again.Collectives)}",
        PlanAction.Backward backward => $"backward{In(backward.Segment, microBatch)}{Inside(backward.Collectives)}",
        PlanAction.InputGradient backward =>
            $"input gradient{In(backward.Segment, microBatch)}{Inside(backward.Collectives)}",
        PlanAction.WeightGradient late => $"weight gradient{In(late.Segment, microBatch)}",
        PlanAction.Measure => $"measure micro-batch {microBatch}",
        PlanAction.Clip { Group: { } group } clip =>
            $"clip gradients to norm {Number(clip.MaximumNorm)}, squares summed{Over(group)} ({clip.Bytes} bytes)",
        PlanAction.SumSharedGradient sum => $"all-reduce gradient of {sum.Parameter}{Over(sum.Group)} ({sum.Bytes} bytes)",
        PlanAction.SumPartialGradients sum => $"all-reduce partial gradients{Over(sum.Group)} ({sum.Bytes} bytes)",
        PlanAction.WidenGradients { Group: { } group } widen =>
            $"widen gradients to float32, overflow agreed on{Over(group)} ({widen.Bytes} bytes)",
        PlanAction.CompareReplicas compare => $"compare the parameters' hashes{Over(compare.Group)} ({compare.Bytes} bytes)",
        PlanAction.AllReduceMetrics reduce => $"all-reduce loss and metrics{Over(reduce.Group)} ({reduce.Bytes} bytes)",
        _ => OfMessage(action, microBatch) ?? OfBucket(action) ?? ActionText.Of(action),
    };

    private string? OfMessage(PlanAction action, string microBatch) => action switch
    {
        PlanAction.SendValue send =>
            $"send micro-batch {microBatch} of {Layer(send.Value)} to {Peer(send.Peer)} ({send.Bytes} bytes)",
        PlanAction.ReceiveValue receive =>
            $"receive micro-batch {microBatch} of {Layer(receive.Value)} from {Peer(receive.Peer)} ({receive.Bytes} bytes)",
        PlanAction.SendGradient send =>
            $"send gradient {microBatch} of {Layer(send.Value)} to {Peer(send.Peer)} ({send.Bytes} bytes)",
        PlanAction.ReceiveGradient receive =>
            $"receive gradient {microBatch} of {Layer(receive.Value)} from {Peer(receive.Peer)} ({receive.Bytes} bytes)",
        _ => null,
    };

    private string? OfBucket(PlanAction action) => action switch
    {
        PlanAction.ReduceGradients reduce =>
            $"{Start(reduce.IsBackground)}{reduce.Kind.Words()} bucket {reduce.Bucket}{Over(reduce.Group)} ({reduce.Bytes} bytes)",
        PlanAction.GatherParameters gather => $"{Start(gather.IsBackground)}all-gather parameters of bucket "
            + $"{gather.Bucket}{Over(gather.Group)} ({gather.Bytes} bytes)",
        _ => null,
    };

    /// <summary>A rank that takes its layers in one go has nothing to tell apart.</summary>
    private string In(int segment, string microBatch) => rank.Segments.Length == 1
        ? $" micro-batch {microBatch}"
        : $" micro-batch {microBatch}, segment {segment}";

    private string Inside(ImmutableArray<LayerCollective> collectives) => collectives.Length switch
    {
        0 => "",
        <= MostListed => " with " + string.Join(", ", collectives.Select(One)),
        _ => " with " + string.Join(", ", collectives
            .GroupBy(inside => (inside.Kind, inside.Elements))
            .Select(same => Many([.. same]))),
    };

    private string One(LayerCollective inside) => $"{inside.Kind.Words()} of {inside.Elements} in {Layer(inside.Layer)}";

    /// <summary>What is the same in many layers is counted: the tables of collectives tell it one by one.</summary>
    private string Many(LayerCollective[] same) => same.Length == 1
        ? One(same[0])
        : $"{same.Length} x {same[0].Kind.Words()} of {same[0].Elements} in {Layer(same[0].Layer)} to {Layer(same[^1].Layer)}";

    private string Layer(int index) => PlanNames.Layer(plan, index);

    private string Peer(int peer) => PlanNames.Peer(plan, rank.Rank, peer);

    private string Over(int group) => $" over {PlanNames.Group(plan.Groups[group])}";

    private static string Start(bool isBackground) => isBackground ? "start " : "";

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
