using System.Collections.Immutable;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Programs;

namespace ParDsl.Compiler.Plans;

/// <summary>Who is in which group, and whom a list of actions names, found at once where it is asked for every rank.</summary>
internal sealed class PlanIndex(ExecutionPlan plan)
{
    private readonly GroupIndex groups = new(plan.Groups);
    private readonly HashSet<(int Group, int Rank)> members =
        [.. plan.Groups.SelectMany(group => group.Ranks.Select(rank => (group.Index, rank)))];

    private readonly Dictionary<ImmutableArray<PlanAction>, (ImmutableArray<int> Peers, ImmutableArray<int> Groups)> names = [];
    private readonly Dictionary<ImmutableArray<GradientBucket>, PartialGradients> partial = [];
    private readonly HashSet<ActionList> imaged = [];

    /// <summary>The group of an axis that a rank belongs to; null where the axis has one rank.</summary>
    public int? GroupOf(int rank, string axis) => groups.Of(rank, axis)?.Index;

    public bool Holds(int group, int rank) => members.Contains((group, rank));

    /// <summary>The partial gradients in what a rank updates.</summary>
    public long PartialElements(RankPlan rank)
    {
        if (!partial.TryGetValue(rank.Buckets, out var found))
            partial.Add(rank.Buckets, found = new PartialGradients(plan.Tensor, rank.Buckets));
        return found.Elements(plan, rank);
    }

    /// <summary>Whether it is asked for the first time of a list whether another one is its image.</summary>
    public bool IsFirstImageOf(ActionList list) => imaged.Add(list);

    /// <summary>The other ranks and the groups that a list names.</summary>
    public (ImmutableArray<int> Peers, ImmutableArray<int> Groups) NamesOf(ImmutableArray<PlanAction> list)
    {
        if (!names.TryGetValue(list, out var known))
        {
            var (peers, named) = (new SortedSet<int>(), new SortedSet<int>());
            _ = new ActionNames(peer => Note(peers, peer), group => Note(named, group)).Change(list);
            names.Add(list, known = ([.. peers], [.. named]));
        }

        return known;

        static int Note(SortedSet<int> all, int name)
        {
            all.Add(name);
            return name;
        }
    }
}
