using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The replicas of a plan that are an earlier one over again: rank by rank they have its very segments and buckets, and do what
/// it does in groups and with peers that take its ranks' places. Exchanging the two then leaves the plan as it is, so whatever
/// holds of one in the plan holds of the other, and one may stand for both.
/// </summary>
/// <remarks>
/// This is found by comparing all lists, action by action, whoever made them; of a list that is another one with names changed, the
/// names. A replica with a single other action is its own.
/// It is for plans whose mesh is sound: places, coordinates and groups as the law of meshes has them.
/// </remarks>
public sealed class AlikeReplicas
{
    /// <summary>By each rank's number; the rank itself where none else stands for it.</summary>
    private readonly RankPlan[] standIns;

    /// <summary>By each rank's number its replica, and its place there.</summary>
    private readonly (ImmutableArray<RankPlan> Replica, int Place)[] places;

    private AlikeReplicas(ExecutionPlan plan)
    {
        standIns = [.. plan.Ranks];
        places = new (ImmutableArray<RankPlan> Replica, int Place)[standIns.Length];
        var (index, firsts) = (new PlanIndex(plan), new Dictionary<string, ImmutableArray<RankPlan>>(StringComparer.Ordinal));
        foreach (var same in plan.Ranks.GroupBy(rank => plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data)))
        {
            var replica = same.ToImmutableArray();
            foreach (var (place, rank) in replica.Index())
                places[rank.Rank] = (replica, place);
            // Replicas that sum other partial gradients are not alike; of those that sum the same, the first is what most are like.
            var partial = string.Join(',', replica.Select(index.PartialElements));
            if (!firsts.TryAdd(partial, replica))
                Compare(new ReplicaExchange(plan, index, firsts[partial], replica), firsts[partial], replica);
        }
    }

    /// <summary>The ranks that stand for all, in their order: those of each replica that is not alike to an earlier one.</summary>
    public ImmutableArray<RankPlan> Ranks => [.. standIns.Where((rank, number) => rank.Rank == number)];

    public static AlikeReplicas Of(ExecutionPlan plan) => new(plan);

    /// <summary>The rank that stands for another one.</summary>
    public RankPlan StandIn(RankPlan rank) => standIns[rank.Rank];

    /// <summary>The rank that is to another one what a rank of its replica is to the one that stands for it.</summary>
    public int PeerOf(RankPlan rank, int peerOfStandIn) => StandIn(rank).Rank == rank.Rank
        ? peerOfStandIn
        : places[rank.Rank].Replica[places[peerOfStandIn].Place].Rank;

    private void Compare(ReplicaExchange exchange, ImmutableArray<RankPlan> first, ImmutableArray<RankPlan> replica)
    {
        if (!exchange.LeavesThePlan())
            return;
        foreach (var (place, rank) in replica.Index())
            standIns[rank.Rank] = first[place];
    }
}
