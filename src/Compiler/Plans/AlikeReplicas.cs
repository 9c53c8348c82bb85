using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The replicas of a plan that are the first one over again: rank by rank they have its very segments and buckets, and do what
/// it does in groups and with peers that take its ranks' places. Exchanging the two then leaves the plan as it is, so whatever
/// holds of one in the plan holds of the other, and one may stand for both.
/// </summary>
/// <remarks>
/// This is found by comparing all lists, action by action, whoever made them. A replica with a single other action is its own.
/// It is for plans whose mesh is sound: places, coordinates and groups as the law of meshes has them.
/// </remarks>
public sealed class AlikeReplicas
{
    /// <summary>By each rank's number; the rank itself where none else stands for it.</summary>
    private readonly RankPlan[] standIns;

    private AlikeReplicas(ExecutionPlan plan)
    {
        ImmutableArray<ImmutableArray<RankPlan>> replicas =
        [
            .. plan.Ranks.GroupBy(rank => plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data)).Select(replica => replica.ToImmutableArray()),
        ];
        standIns = [.. plan.Ranks];
        var index = new PlanIndex(plan);
        foreach (var replica in replicas.Skip(1))
        {
            if (!new ReplicaExchange(plan, index, replicas[0], replica).LeavesThePlan())
                continue;
            foreach (var (place, rank) in replica.Index())
                standIns[rank.Rank] = replicas[0][place];
        }
    }

    /// <summary>The ranks that stand for all, in their order: those of the first replica and of each that is not alike.</summary>
    public ImmutableArray<RankPlan> Ranks => [.. standIns.Where((rank, number) => rank.Rank == number)];

    public static AlikeReplicas Of(ExecutionPlan plan) => new(plan);

    /// <summary>The rank that stands for another one.</summary>
    public RankPlan StandIn(RankPlan rank) => standIns[rank.Rank];
}
