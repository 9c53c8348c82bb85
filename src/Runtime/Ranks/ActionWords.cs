using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Ranks;

/// <summary>An action as messages speak of it: "rank 2 failed in ...".</summary>
internal static class ActionWords
{
    public static string Of(PlanAction? action) => action switch
    {
        null => "its preparation",
        PlanAction.Load load => $"the loading of micro-batch {load.MicroBatch}",
        PlanAction.Forward forward => $"the forward pass of micro-batch {forward.MicroBatch}",
        PlanAction.Backward backward => $"the backward pass of micro-batch {backward.MicroBatch}",
        PlanAction.AllReduceGradients reduce => $"the all-reduce of gradient bucket {reduce.Bucket}",
        PlanAction.AllReduceMetrics => "the all-reduce of loss and metrics",
        PlanAction.Clip => "the clipping of gradients",
        PlanAction.Step => "the optimizer's step",
        PlanAction.Measure measure => $"the evaluation of micro-batch {measure.MicroBatch}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, "no such action"),
    };
}
