using System.Collections.Immutable;

namespace ParDsl.Compiler.Plans;

/// <summary>Where one replica has what another one has: the ranks at the same places, and the groups that they belong to.</summary>
/// <param name="Distance">From a rank to the one at its place; the ranks of a replica are numbered in a row.</param>
/// <param name="Groups">By the group of the one replica that of the other; what is not there is one group of both.</param>
internal sealed record ReplicaImage(int Distance, ImmutableDictionary<int, int> Groups)
{
    public int RankOf(int rank) => rank + Distance;

    public int GroupOf(int group) => Groups.GetValueOrDefault(group, group);

    public ImmutableArray<PlanAction> Of(ImmutableArray<PlanAction> actions) => new ActionNames(RankOf, GroupOf).Change(actions);
}
