using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// An action to the number: layers by their index, ranks and groups by theirs. What JSON says, and what tells two actions
/// apart; <see cref="ActionPhrase"/> says the same for people.
/// </summary>
internal static class ActionText
{
    public static string Of(PlanAction action) => action switch
    {
        PlanAction.Load load => $"load micro-batch {load.MicroBatch}",
        PlanAction.Forward forward =>
            $"forward micro-batch {forward.MicroBatch} segment {forward.Segment}{Inside(forward.Collectives)}",
        PlanAction.Recompute again =>
            $"recompute micro-batch {again.MicroBatch} segment {again.Segment}{Inside(again.Collectives)}",
        PlanAction.Backward backward =>
            $"backward micro-batch {backward.MicroBatch} segment {backward.Segment}{Inside(backward.Collectives)}",
        PlanAction.InputGradient backward =>
            $"input gradient micro-batch {backward.MicroBatch} segment {backward.Segment}{Inside(backward.Collectives)}",
        PlanAction.WeightGradient late => $"weight gradient micro-batch {late.MicroBatch} segment {late.Segment}",
        PlanAction.SendValue send =>
            $"send micro-batch {send.MicroBatch} value {send.Value} to rank {send.Peer} ({send.Bytes} bytes)",
        PlanAction.ReceiveValue receive =>
            $"receive micro-batch {receive.MicroBatch} value {receive.Value} from rank {receive.Peer} ({receive.Bytes} bytes)",
        PlanAction.SendGradient send =>
            $"send micro-batch {send.MicroBatch} gradient {send.Value} to rank {send.Peer} ({send.Bytes} bytes)",
        PlanAction.ReceiveGradient receive =>
            $"receive micro-batch {receive.MicroBatch} gradient {receive.Value} from rank {receive.Peer} ({receive.Bytes} bytes)",
        PlanAction.ReduceGradients reduce => $"{(reduce.IsBackground ? "start " : "")}{reduce.Kind.Words()} bucket "
            + $"{reduce.Bucket} in group {reduce.Group} ({reduce.Bytes} bytes)",
        PlanAction.AwaitGradients wait => $"await gradients of bucket {wait.Bucket}",
        PlanAction.SumSharedGradient sum =>
            $"all-reduce gradient of {sum.Parameter} in group {sum.Group} ({sum.Bytes} bytes)",
        PlanAction.SumPartialGradients sum => $"all-reduce partial gradients in group {sum.Group} ({sum.Bytes} bytes)",
        PlanAction.GatherParameters gather => $"{(gather.IsBackground ? "start " : "")}all-gather parameters of bucket "
            + $"{gather.Bucket} in group {gather.Group} ({gather.Bytes} bytes)",
        PlanAction.AwaitParameters wait => $"await parameters of bucket {wait.Bucket}",
        PlanAction.ReleaseParameters release => $"release parameters of bucket {release.Bucket}",
        PlanAction.AllReduceMetrics reduce => $"all-reduce loss and metrics in group {reduce.Group} ({reduce.Bytes} bytes)",
        PlanAction.WidenGradients { Group: { } group } widen =>
            $"widen gradients to float32, overflow agreed on in group {group} ({widen.Bytes} bytes)",
        PlanAction.WidenGradients => "widen gradients to float32",
        PlanAction.Clip { Group: { } group } clip =>
            $"clip gradients to norm {Number(clip.MaximumNorm)}, squares summed in group {group} ({clip.Bytes} bytes)",
        PlanAction.Clip clip => $"clip gradients to norm {Number(clip.MaximumNorm)}",
        PlanAction.Step => "step",
        PlanAction.CompareReplicas compare =>
            $"compare the parameters' hashes in group {compare.Group} ({compare.Bytes} bytes)",
        PlanAction.Measure measure => $"measure micro-batch {measure.MicroBatch}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Inside(ImmutableArray<LayerCollective> collectives) => collectives.IsEmpty
        ? ""
        : " with " + string.Join(
            ", ", collectives.Select(inside => $"{inside.Kind.Words()} of {inside.Elements} in layer {inside.Layer}"));
}
