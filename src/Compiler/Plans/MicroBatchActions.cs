namespace ParDsl.Compiler.Plans;

public static class MicroBatchActions
{
    /// <summary>The micro-batch that an action works on; null for those that work on the whole update.</summary>
    public static int? MicroBatchOf(this PlanAction action) => action switch
    {
        PlanAction.Load load => load.MicroBatch,
        PlanAction.Forward forward => forward.MicroBatch,
        PlanAction.Recompute again => again.MicroBatch,
        PlanAction.Backward backward => backward.MicroBatch,
        PlanAction.InputGradient backward => backward.MicroBatch,
        PlanAction.WeightGradient late => late.MicroBatch,
        PlanAction.SendValue send => send.MicroBatch,
        PlanAction.ReceiveValue receive => receive.MicroBatch,
        PlanAction.SendGradient send => send.MicroBatch,
        PlanAction.ReceiveGradient receive => receive.MicroBatch,
        PlanAction.Measure measure => measure.MicroBatch,
        _ => null,
    };
}
