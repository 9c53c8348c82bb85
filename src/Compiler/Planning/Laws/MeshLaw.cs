using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// Every place of the mesh has one rank, every rank a device of its own, and the groups of an axis hold each rank once.
/// </summary>
internal static class MeshLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan) => [.. Ranks(plan), .. Groups(plan), .. AxisGroups(plan)];

    private static IEnumerable<Diagnostic> Ranks(ExecutionPlan plan)
    {
        if (plan.Ranks.Length != plan.Mesh.WorldSize)
            yield return ConsistencyErrors.RankCount(plan);
        for (var rank = 0; rank < plan.Ranks.Length; rank++)
        {
            if (plan.Ranks[rank].Rank != rank || !plan.Ranks[rank].Coordinates.SequenceEqual(plan.Mesh.Coordinates(rank)))
                yield return ConsistencyErrors.RankOutOfPlace(plan, rank);
        }

        foreach (var shared in plan.Ranks.GroupBy(rank => (rank.Device.Machine, rank.Device.Kind, rank.Device.Index)).Where(same => same.Count() > 1))
            yield return ConsistencyErrors.SharedDevice(plan, [.. shared.Select(rank => rank.Rank)]);
    }

    private static IEnumerable<Diagnostic> Groups(ExecutionPlan plan)
    {
        for (var index = 0; index < plan.Groups.Length; index++)
        {
            var group = plan.Groups[index];
            var distinct = group.Ranks.Distinct().Where(rank => rank >= 0 && rank < plan.Ranks.Length).Count();
            if (group.Index != index || distinct != group.Ranks.Length || distinct < 2)
                yield return ConsistencyErrors.BrokenGroup(plan, group);
        }
    }

    /// <summary>An axis of degree 1 moves nothing and has no group.</summary>
    private static IEnumerable<Diagnostic> AxisGroups(ExecutionPlan plan) => plan.Mesh.Axes
        .Where(axis => !Members(plan, axis).Order().SequenceEqual(Enumerable.Range(0, axis.Degree > 1 ? plan.Ranks.Length : 0)))
        .Select(axis => ConsistencyErrors.UncoveredAxis(plan, axis));

    private static IEnumerable<int> Members(ExecutionPlan plan, MeshAxis axis) =>
        plan.Groups.Where(group => group.Axis == axis.Name).SelectMany(group => group.Ranks);
}
