using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>The collectives that one update issues in a group, those of equal words and bytes counted together.</summary>
/// <param name="Bytes">What each rank puts into one of them.</param>
/// <param name="MovedBytes">What each rank sends in all of them, over a ring.</param>
internal sealed record CollectiveTotals(string What, int Times, long Bytes, long MovedBytes)
{
    /// <summary>
    /// A function of groups. Of alike replicas it looks through the lists of the first one: a group of the others issues what the
    /// one at its place there does.
    /// </summary>
    public static Func<GroupPlan, ImmutableArray<CollectiveTotals>> OfGroups(ExecutionPlan plan)
    {
        var alike = AlikeReplicas.Of(plan);
        var known = new Dictionary<(string Axis, string Parameter, int First), ImmutableArray<CollectiveTotals>>();
        return group =>
        {
            var place = (group.Axis, group.Parameter, alike.StandIn(plan.Ranks[group.Ranks[0]]).Rank);
            if (!known.TryGetValue(place, out var totals))
                known.Add(place, totals = [.. Of(plan, group)]);
            return totals;
        };
    }

    private static IEnumerable<CollectiveTotals> Of(ExecutionPlan plan, GroupPlan group) =>
        IssuedCollective.Of(plan.Ranks[group.Ranks[0]].Update)
            .Where(issued => issued.Group == group.Index)
            .GroupBy(issued => (issued.Kind, issued.Layer, issued.Subject, Pass: issued.Pass.TrimEnd(Digits), issued.Bytes))
            .Select(same => new CollectiveTotals(
                $"{same.Key.Kind.Words()} of {Subject(plan, same.First())}{same.Key.Pass.TrimEnd()}",
                same.Count(),
                same.Key.Bytes,
                same.Count() * same.Key.Kind.MovedBytes(same.Key.Bytes, group.Ranks.Length)));

    private static string Subject(ExecutionPlan plan, IssuedCollective issued) =>
        issued.Layer is { } layer ? PlanNames.Layer(plan, layer) : issued.Subject;

    private static readonly char[] Digits = [.. "0123456789"];
}
