using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing.Pages.Timelines;

/// <summary>What a bar of a timeline is coloured by.</summary>
internal enum ActionColor
{
    Forward,
    Recompute,
    Backward,
    WeightGradient,
    Message,
    Collective,
    Wait,
    Update,
    Other,
}

internal static class ActionColors
{
    /// <summary>The class of the style sheet.</summary>
    public static string Class(this ActionColor color) => color switch
    {
        ActionColor.Forward => "forward",
        ActionColor.Recompute => "again",
        ActionColor.Backward => "backward",
        ActionColor.WeightGradient => "weights",
        ActionColor.Message => "message",
        ActionColor.Collective => "collective",
        ActionColor.Wait => "wait",
        ActionColor.Update => "update",
        ActionColor.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, null),
    };

    public static string Words(this ActionColor color) => color switch
    {
        ActionColor.Forward => "forward",
        ActionColor.Recompute => "recompute",
        ActionColor.Backward => "backward",
        ActionColor.WeightGradient => "weight gradient",
        ActionColor.Message => "send, receive",
        ActionColor.Collective => "reduce, gather",
        ActionColor.Wait => "wait",
        ActionColor.Update => "update",
        ActionColor.Other => "other",
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, null),
    };

    public static ActionColor Of(PredictedAction predicted) => predicted.Work switch
    {
        TimedWork.Wait => ActionColor.Wait,
        TimedWork.Update => ActionColor.Update,
        TimedWork.Other => ActionColor.Other,
        // What a pass moves inside is a collective of its layers.
        TimedWork.Move when OfPass(predicted.Action) is not null => ActionColor.Collective,
        _ => Of(predicted.Action),
    };

    /// <summary>Of an action as a whole: what it waits for is in it.</summary>
    public static ActionColor Of(PlanAction action) => OfPass(action) ?? action switch
    {
        PlanAction.SendValue or PlanAction.SendGradient or PlanAction.ReceiveValue or PlanAction.ReceiveGradient =>
            ActionColor.Message,
        PlanAction.ReduceGradients or PlanAction.SumSharedGradient or PlanAction.SumPartialGradients
            or PlanAction.GatherParameters or PlanAction.AllReduceMetrics or PlanAction.CompareReplicas => ActionColor.Collective,
        PlanAction.AwaitGradients or PlanAction.AwaitParameters => ActionColor.Wait,
        PlanAction.WidenGradients or PlanAction.Clip or PlanAction.Step => ActionColor.Update,
        _ => ActionColor.Other,
    };

    private static ActionColor? OfPass(PlanAction action) => action switch
    {
        PlanAction.Forward => ActionColor.Forward,
        PlanAction.Recompute => ActionColor.Recompute,
        PlanAction.Backward or PlanAction.InputGradient => ActionColor.Backward,
        PlanAction.WeightGradient => ActionColor.WeightGradient,
        _ => null,
    };
}
