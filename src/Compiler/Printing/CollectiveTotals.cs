using System.Globalization;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>The collectives that one update issues in a group, those of equal words and bytes counted together.</summary>
internal sealed record CollectiveTotals(string What, int Times, long Bytes)
{
    public static IEnumerable<CollectiveTotals> Of(ExecutionPlan plan, GroupPlan group) => plan.Ranks[group.Ranks[0]].Update
        .SelectMany(action => Of(plan, action))
        .Where(issued => issued.Group == group.Index)
        .GroupBy(issued => (issued.What, issued.Bytes))
        .Select(same => new CollectiveTotals(same.Key.What, same.Count(), same.Key.Bytes));

    /// <summary>What a ring sends from each rank to sum that many bytes over so many ranks.</summary>
    public static long Moved(long bytes, int ranks) => (long)((Int128)bytes * 2 * (ranks - 1) / ranks);

    public static string Factor(int ranks) => (2.0 * (ranks - 1) / ranks).ToString("0.###", CultureInfo.InvariantCulture);

    private static IEnumerable<(string What, int Group, long Bytes)> Of(ExecutionPlan plan, PlanAction action) => action switch
    {
        PlanAction.Forward forward => forward.Collectives.Select(inside => Inside(plan, inside, "forward")),
        PlanAction.Backward backward => backward.Collectives.Select(inside => Inside(plan, inside, "backward")),
        PlanAction.AllReduceGradients reduce => [($"all-reduce bucket {reduce.Bucket}", reduce.Group, reduce.Bytes)],
        PlanAction.AllReduceMetrics reduce => [("all-reduce loss and metrics", reduce.Group, reduce.Bytes)],
        _ => [],
    };

    private static (string What, int Group, long Bytes) Inside(ExecutionPlan plan, LayerCollective collective, string pass)
    {
        var layer = plan.Program.Model.Layers[collective.Layer];
        return ($"all-reduce statistics of {layer.Kind} {layer.Name}, {pass}", collective.Group, collective.Bytes);
    }
}
