using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>An action of a rank's list in a predicted step, as a whole.</summary>
/// <param name="Start">When its own work begins, after a message that it waits for; where it only waits, the end.</param>
internal readonly record struct ActionSpan(PlanAction Action, double Start, double End)
{
    /// <summary>Of all actions of a rank's list, in order; one that takes no time begins and ends with the one before.</summary>
    public static IEnumerable<ActionSpan> Of(RankPlan rank, RankPrediction predicted)
    {
        // The same action may be in a list twice, as a bucket's gathering: its parts are told apart by their order.
        var parts = new Queue<PredictedAction>(predicted.Actions.Where(part => !part.IsBackground));
        var now = 0.0;
        foreach (var action in rank.Update)
        {
            var start = (double?)null;
            while (parts.TryPeek(out var part) && ReferenceEquals(part.Action, action))
            {
                parts.Dequeue();
                if (part.Work != TimedWork.Wait)
                    start ??= part.Start;
                now = part.End;
            }

            yield return new ActionSpan(action, start ?? now, now);
        }
    }
}
