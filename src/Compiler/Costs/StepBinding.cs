using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>What most of a predicted step goes to, on the rank that works longest: what to change first.</summary>
internal static class StepBinding
{
    public static string Of(StepOutline outline, ImmutableArray<ImmutableArray<PredictedAction>> ranks)
    {
        var busiest = ranks.MaxBy(actions => actions.Where(IsWork).Sum(action => action.Seconds));
        return busiest
            .Where(action => !action.IsBackground)
            .GroupBy(action => Words(outline, action))
            .OrderByDescending(group => group.Sum(action => action.Seconds))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)
            .FirstOrDefault("computing");
    }

    private static bool IsWork(PredictedAction action) => action.Work is TimedWork.Pass or TimedWork.Update;

    private static string Words(StepOutline outline, PredictedAction timed) => (timed.Work, timed.Action) switch
    {
        (TimedWork.Pass, _) => "computing",
        (TimedWork.Update, _) => "updating weights",
        (_, PlanAction.AwaitGradients or PlanAction.ReduceGradients) => "reducing gradients over data",
        (_, PlanAction.AwaitParameters or PlanAction.GatherParameters) => "gathering parameters over data",
        (TimedWork.Wait, _) => "waiting for stages",
        (TimedWork.Move, PlanAction.SendValue or PlanAction.SendGradient or PlanAction.ReceiveValue or PlanAction.ReceiveGradient) =>
            "messages between stages",
        (TimedWork.Move, _) when IssuedCollective.Of(timed.Action).Any(move => outline.Group(move.Group).Axis == MeshAxis.Tensor) =>
            "moving values between tensor ranks",
        (TimedWork.Move, _) => "moving sums",
        _ => "calls",
    };
}
