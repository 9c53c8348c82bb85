using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// Whether a plan stays as it is where two of its replicas change places, each rank with the one at the same place in the other.
/// Then what one does is what the other does with these ranks' numbers exchanged, and in groups with their members exchanged.
/// </summary>
internal sealed class ReplicaExchange(
    ExecutionPlan plan, PlanIndex index, ImmutableArray<RankPlan> first, ImmutableArray<RankPlan> other)
{
    private static readonly string[] Axes = [MeshAxis.Data, MeshAxis.Pipeline, MeshAxis.Tensor];

    private readonly Dictionary<int, int> peers = first.Zip(other).ToDictionary(pair => pair.First.Rank, pair => pair.Second.Rank);
    private readonly Dictionary<(int First, int Other), bool> groups = [];
    private readonly Dictionary<(ImmutableArray<LayerCollective> First, ImmutableArray<LayerCollective> Other), bool> collectives = [];

    public bool LeavesThePlan() => first.Length == other.Length && first.Zip(other).All(pair => IsExchanged(pair.First, pair.Second));

    private bool IsExchanged(RankPlan one, RankPlan two) =>
        one.Segments == two.Segments
        && one.Buckets == two.Buckets
        && index.PartialElements(one) == index.PartialElements(two)
        && Axes.All(axis => IsExchanged(index.GroupOf(one.Rank, axis), index.GroupOf(two.Rank, axis)))
        && IsExchanged(one.UpdateList, two.UpdateList)
        && IsExchanged(one.EvaluateList, two.EvaluateList)
        && IsExchanged(one.CompareList, two.CompareList);

    /// <summary>
    /// Where one has all but the names from the other, the names are left to be compared. Of a list's first image all is: were a name
    /// forgotten where names are changed, it would be in none of them.
    /// </summary>
    private bool IsExchanged(ActionList one, ActionList two)
    {
        if (two.Image is not { } image || two.Original != one || index.IsFirstImageOf(one))
            return IsExchanged(one.Actions, two.Actions);
        var (ranks, named) = index.NamesOf(one.Actions);
        return ranks.All(rank => IsPeer(rank, image.RankOf(rank))) && named.All(group => IsExchanged(group, image.GroupOf(group)));
    }

    /// <summary>Where it is the very same list, what it names must stay as it is.</summary>
    private bool IsExchanged(ImmutableArray<PlanAction> one, ImmutableArray<PlanAction> two)
    {
        if (one == two)
            return index.NamesOf(one) is { Peers: [], Groups: var named } && named.All(group => IsExchanged(group, group));
        if (one.Length != two.Length)
            return false;
        for (var place = 0; place < one.Length; place++)
        {
            if (!IsExchanged(one[place], two[place]))
                return false;
        }

        return true;
    }

    /// <summary>Kinds of actions that are not here are never taken to be alike.</summary>
    private bool IsExchanged(PlanAction one, PlanAction two) => (one, two) switch
    {
        (PlanAction.Forward a, PlanAction.Forward b) =>
            a with { Collectives = b.Collectives } == b && IsExchanged(a.Collectives, b.Collectives),
        (PlanAction.Recompute a, PlanAction.Recompute b) =>
            a with { Collectives = b.Collectives } == b && IsExchanged(a.Collectives, b.Collectives),
        (PlanAction.Backward a, PlanAction.Backward b) =>
            a with { Collectives = b.Collectives } == b && IsExchanged(a.Collectives, b.Collectives),
        (PlanAction.InputGradient a, PlanAction.InputGradient b) =>
            a with { Collectives = b.Collectives } == b && IsExchanged(a.Collectives, b.Collectives),
        (PlanAction.Measure a, PlanAction.Measure b) =>
            a with { Collectives = b.Collectives } == b && IsExchanged(a.Collectives, b.Collectives),
        (PlanAction.SendValue a, PlanAction.SendValue b) => a with { Peer = b.Peer } == b && IsPeer(a.Peer, b.Peer),
        (PlanAction.ReceiveValue a, PlanAction.ReceiveValue b) => a with { Peer = b.Peer } == b && IsPeer(a.Peer, b.Peer),
        (PlanAction.SendGradient a, PlanAction.SendGradient b) => a with { Peer = b.Peer } == b && IsPeer(a.Peer, b.Peer),
        (PlanAction.ReceiveGradient a, PlanAction.ReceiveGradient b) => a with { Peer = b.Peer } == b && IsPeer(a.Peer, b.Peer),
        (PlanAction.ReduceGradients a, PlanAction.ReduceGradients b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.GatherParameters a, PlanAction.GatherParameters b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.SumSharedGradient a, PlanAction.SumSharedGradient b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.SumPartialGradients a, PlanAction.SumPartialGradients b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.AllReduceMetrics a, PlanAction.AllReduceMetrics b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.CompareReplicas a, PlanAction.CompareReplicas b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.Clip a, PlanAction.Clip b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.WidenGradients a, PlanAction.WidenGradients b) => a with { Group = b.Group } == b && IsExchanged(a.Group, b.Group),
        (PlanAction.Load or PlanAction.WeightGradient or PlanAction.AwaitGradients or PlanAction.AwaitParameters
            or PlanAction.ReleaseParameters or PlanAction.Step, _) => one == two,
        _ => false,
    };

    private bool IsExchanged(ImmutableArray<LayerCollective> one, ImmutableArray<LayerCollective> two)
    {
        if (!collectives.TryGetValue((one, two), out var isExchanged))
        {
            isExchanged = one.Length == two.Length
                && one.Zip(two).All(pair => pair.First with { Group = pair.Second.Group } == pair.Second
                    && IsExchanged(pair.First.Group, pair.Second.Group));
            collectives.Add((one, two), isExchanged);
        }

        return isExchanged;
    }

    private bool IsExchanged(int? one, int? two) => one is { } a && two is { } b ? IsExchanged(a, b) : one is null && two is null;

    private bool IsExchanged(int one, int two)
    {
        if (!groups.TryGetValue((one, two), out var isExchanged))
            groups.Add((one, two), isExchanged = IsGroup(one) && IsGroup(two) && AreExchanged(plan.Groups[one], plan.Groups[two]));
        return isExchanged;
    }

    /// <summary>
    /// One group that both replicas have the same places in; or a group of the first and one of the other at the same places.
    /// </summary>
    private bool AreExchanged(GroupPlan one, GroupPlan two) => one.Index == two.Index
        ? first.Zip(other).All(pair => index.Holds(one.Index, pair.First.Rank) == index.Holds(one.Index, pair.Second.Rank))
        : one.Axis == two.Axis && one.Parameter == two.Parameter && one.Ranks.Length == two.Ranks.Length
            && one.Ranks.Zip(two.Ranks).All(pair => IsPeer(pair.First, pair.Second));

    private bool IsGroup(int group) => group >= 0 && group < plan.Groups.Length;

    /// <summary>Whether two ranks are at the same place, one in the first replica and one in the other.</summary>
    private bool IsPeer(int one, int two) => peers.TryGetValue(one, out var expected) && expected == two;
}
