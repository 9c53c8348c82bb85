using System.Collections.Immutable;
using System.Text;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A rank's lists of actions, one action a line. What is done with one micro-batch after the other is said once:
/// <c>for each micro-batch i of 4</c>.
/// </summary>
internal static class RankActionsText
{
    public static string Of(ExecutionPlan plan, RankPlan rank)
    {
        var text = new StringBuilder();
        var phrase = new ActionPhrase(plan, rank);
        List(text, "update", rank.Update, phrase, plan.Batch.MicroBatchCount);
        List(text, "compare the replicas", rank.Compare, phrase, plan.Batch.MicroBatchCount);
        List(text, "evaluate a batch", rank.Evaluate, phrase, plan.Batch.MicroBatchCount);
        return text.ToString();
    }

    private static void List(
        StringBuilder text, string title, ImmutableArray<PlanAction> actions, ActionPhrase phrase, int microBatches)
    {
        if (actions.IsEmpty)
            return;
        text.Append("  ").Append(title).Append('\n');
        foreach (var loop in ActionLoop.Fold(actions, action => phrase.Of(action, "")))
        {
            if (loop.Times > 1)
                text.Append("    ").Append(Head(loop, microBatches)).Append('\n');
            foreach (var action in loop.Body)
                text.Append(loop.Times > 1 ? "      " : "    ").Append(Line(phrase, loop, action)).Append('\n');
        }
    }

    private static string Head(ActionLoop loop, int microBatches)
    {
        if (loop.Times == microBatches && loop.Body.All(action => action.MicroBatchOf() is null or 0))
            return $"for each micro-batch i of {microBatches}:";
        var last = loop.First + loop.Times - 1;
        return $"for i = {loop.First}{(loop.Times == 2 ? ", " : " to ")}{last}:";
    }

    private static string Line(ActionPhrase phrase, ActionLoop loop, PlanAction action)
    {
        var microBatch = action.MicroBatchOf() ?? 0;
        return phrase.Of(action, loop.Times == 1 ? Wording.Number(microBatch) : Relative(microBatch - loop.First));
    }

    private static string Relative(int offset) => offset switch
    {
        0 => "i",
        > 0 => $"i + {offset}",
        _ => $"i - {-offset}",
    };
}
