using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>
/// A rank's two lists of actions, one action a line. Micro-batches that do the same are said once:
/// <c>for each of 4 micro-batches</c>.
/// </summary>
internal static class ActionText
{
    public static string Of(RankPlan rank)
    {
        var text = new StringBuilder();
        List(text, "update", rank.Update);
        List(text, "evaluate a batch", rank.Evaluate);
        return text.ToString();
    }

    /// <summary>One action in words: what JSON says too.</summary>
    public static string Of(PlanAction action) => action switch
    {
        PlanAction.Load load => $"load micro-batch {load.MicroBatch}",
        PlanAction.Forward forward => $"forward micro-batch {forward.MicroBatch}{Inside(forward.Collectives)}",
        PlanAction.Backward backward => $"backward micro-batch {backward.MicroBatch}{Inside(backward.Collectives)}",
        PlanAction.AllReduceGradients reduce =>
            $"all-reduce bucket {reduce.Bucket} in group {reduce.Group} ({reduce.Bytes} bytes)",
        PlanAction.AllReduceMetrics reduce => $"all-reduce loss and metrics in group {reduce.Group} ({reduce.Bytes} bytes)",
        PlanAction.Clip clip => $"clip gradients to norm {clip.MaximumNorm.ToString(CultureInfo.InvariantCulture)}",
        PlanAction.Step => "step",
        PlanAction.Measure measure => $"measure micro-batch {measure.MicroBatch}",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, null),
    };

    private static string Inside(ImmutableArray<LayerCollective> collectives) => collectives.IsEmpty
        ? ""
        : " with " + string.Join(
            ", ", collectives.Select(inside => $"{inside.Kind.Words()} of {inside.Elements} in layer {inside.Layer}"));

    private static void List(StringBuilder text, string title, ImmutableArray<PlanAction> actions)
    {
        if (actions.IsEmpty)
            return;
        text.Append("  ").Append(title).Append('\n');
        var (lines, repeated) = FoldedActions.Fold(actions);
        if (repeated.Length > 0)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    for each micro-batch i of {repeated.Length / FoldedActions.Period(repeated)}:\n");
            foreach (var action in repeated.Take(FoldedActions.Period(repeated)))
                text
                    .Append("      ")
                    .Append(Of(action).Replace("micro-batch 0", "micro-batch i", StringComparison.Ordinal))
                    .Append('\n');
        }

        foreach (var action in lines)
            text.Append("    ").Append(Of(action)).Append('\n');
    }
}
