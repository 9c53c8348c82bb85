using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>The collectives that one update issues in a group, those of equal words and bytes counted together.</summary>
/// <param name="Bytes">What each rank puts into one of them.</param>
/// <param name="MovedBytes">What each rank sends in all of them, over a ring.</param>
internal sealed record CollectiveTotals(string What, int Times, long Bytes, long MovedBytes)
{
    public static IEnumerable<CollectiveTotals> Of(ExecutionPlan plan, GroupPlan group) => plan.Ranks[group.Ranks[0]].Update
        .SelectMany(action => Issued(plan, action))
        .Where(issued => issued.Group == group.Index)
        .GroupBy(issued => (issued.Kind, issued.What, issued.Bytes))
        .Select(same => new CollectiveTotals(
            $"{same.Key.Kind.Words()} of {same.Key.What}",
            same.Count(),
            same.Key.Bytes,
            same.Count() * same.Key.Kind.MovedBytes(same.Key.Bytes, group.Ranks.Length)));

    private static IEnumerable<(CollectiveKind Kind, string What, int Group, long Bytes)> Issued(
        ExecutionPlan plan, PlanAction action) =>
        action switch
        {
            PlanAction.Forward forward => forward.Collectives.Select(inside => Inside(plan, inside, "forward")),
            PlanAction.Backward backward => backward.Collectives.Select(inside => Inside(plan, inside, "backward")),
            PlanAction.AllReduceGradients reduce =>
                [(CollectiveKind.AllReduce, $"bucket {reduce.Bucket}", reduce.Group, reduce.Bytes)],
            PlanAction.AllReduceMetrics reduce => [(CollectiveKind.AllReduce, "loss and metrics", reduce.Group, reduce.Bytes)],
            _ => [],
        };

    private static (CollectiveKind Kind, string What, int Group, long Bytes) Inside(
        ExecutionPlan plan,
        LayerCollective collective,
        string pass)
    {
        var layer = plan.Program.Model.Layers[collective.Layer];
        return (collective.Kind, $"{layer.Kind} {layer.Name} statistics, {pass}", collective.Group, collective.Bytes);
    }
}
