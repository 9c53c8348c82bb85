using System.Collections.Immutable;
using ParDsl.Compiler.Planning.Programs;

namespace ParDsl.Compiler.Plans;

/// <summary>Who is in which group, and whom a list of actions names, found at once where it is asked for every rank.</summary>
internal sealed class PlanIndex(ExecutionPlan plan)
{
    private readonly GroupIndex groups = new(plan.Groups);
    private readonly HashSet<(int Group, int Rank)> members =
        [.. plan.Groups.SelectMany(group => group.Ranks.Select(rank => (group.Index, rank)))];

    private readonly Dictionary<ImmutableArray<PlanAction>, (bool HasPeers, ImmutableArray<int> Groups)> names = [];

    /// <summary>The group of an axis that a rank belongs to; null where the axis has one rank.</summary>
    public int? GroupOf(int rank, string axis) => groups.Of(rank, axis)?.Index;

    public bool Holds(int group, int rank) => members.Contains((group, rank));

    /// <summary>Whether a list names other ranks, and the groups that it names.</summary>
    public (bool HasPeers, ImmutableArray<int> Groups) NamesOf(ImmutableArray<PlanAction> list)
    {
        if (!names.TryGetValue(list, out var known))
            names.Add(list, known = (
                list.Any(action => Message.Sent(0, action) is not null || Message.Received(0, action) is not null),
                [.. IssuedCollective.Of(list).Select(issued => issued.Group).Distinct()]));
        return known;
    }
}
