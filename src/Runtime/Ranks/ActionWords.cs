using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Ranks;

/// <summary>An action as messages speak of it: "rank 2 failed in ...".</summary>
internal static class ActionWords
{
    public static string Of(PlanAction? action) => action switch
    {
        null => "its preparation",
        PlanAction.Load load => $"the loading of micro-batch {load.MicroBatch}",
        PlanAction.Forward forward => $"the forward pass of micro-batch {forward.MicroBatch}{In(forward.Segment)}",
        PlanAction.Recompute again => $"the second forward pass of micro-batch {again.MicroBatch}{In(again.Segment)}",
        PlanAction.Backward backward => $"the backward pass of micro-batch {backward.MicroBatch}{In(backward.Segment)}",
        PlanAction.InputGradient backward => $"the input gradients of micro-batch {backward.MicroBatch}{In(backward.Segment)}",
        PlanAction.WeightGradient late => $"the weight gradients of micro-batch {late.MicroBatch}{In(late.Segment)}",
        PlanAction.SendValue send => $"the sending of micro-batch {send.MicroBatch} to rank {send.Peer}",
        PlanAction.ReceiveValue receive => $"the receiving of micro-batch {receive.MicroBatch} from rank {receive.Peer}",
        PlanAction.SendGradient send => $"the sending of gradients of micro-batch {send.MicroBatch} to rank {send.Peer}",
        PlanAction.ReceiveGradient receive =>
            $"the receiving of gradients of micro-batch {receive.MicroBatch} from rank {receive.Peer}",
        PlanAction.ReduceGradients reduce => $"the {reduce.Kind.Words()} of gradient bucket {reduce.Bucket}",
        PlanAction.AwaitGradients wait => $"the reduction of gradient bucket {wait.Bucket}",
        PlanAction.SumSharedGradient sum => $"the all-reduce of the gradient of {sum.Parameter}",
        PlanAction.SumPartialGradients => "the all-reduce of partial gradients",
        PlanAction.GatherParameters gather => $"the gathering of the parameters of bucket {gather.Bucket}",
        PlanAction.AwaitParameters wait => $"the gathering of the parameters of bucket {wait.Bucket}",
        PlanAction.ReleaseParameters release => $"the release of the parameters of bucket {release.Bucket}",
        PlanAction.AllReduceMetrics => "the all-reduce of loss and metrics",
        PlanAction.WidenGradients => "the conversion of gradients to float32",
        PlanAction.Clip => "the clipping of gradients",
        PlanAction.Step => "the optimizer's step",
        PlanAction.CompareReplicas => "the comparison of the replicas",
        PlanAction.Measure measure => $"the evaluation of micro-batch {measure.MicroBatch}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };

    /// <summary>A rank that takes the whole model in one go has nothing to tell.</summary>
    private static string In(int segment) => segment == 0 ? "" : $" in segment {segment}";
}
