using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>One direction between two ranks of a group, by their places in it.</summary>
public sealed record NcclChannel(int Source, int Destination)
{
    /// <summary>
    /// The channels of a plan's messages within a group, in an order that is the same on all ranks. Each costs a communicator
    /// on both ends, so there are none but these.
    /// </summary>
    public static ImmutableArray<NcclChannel> Of(ExecutionPlan plan, GroupPlan group) =>
    [
        .. plan.Ranks
            .Where(rank => group.Axis == MeshAxis.Pipeline && group.Ranks.Contains(rank.Rank))
            .SelectMany(rank => rank.Update.Concat(rank.Evaluate)
                .Select(PeerOf)
                .Where(peer => peer is not null && group.Ranks.Contains(peer.Value))
                .Select(peer => new NcclChannel(group.Ranks.IndexOf(rank.Rank), group.Ranks.IndexOf(peer!.Value))))
            .Distinct()
            .OrderBy(channel => channel.Source)
            .ThenBy(channel => channel.Destination),
    ];

    private static int? PeerOf(PlanAction action) => action switch
    {
        PlanAction.SendValue send => send.Peer,
        PlanAction.SendGradient send => send.Peer,
        _ => null,
    };
}
