using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// How long bytes take between ranks, by the law of ring algorithms (Thakur, Rabenseifner and Gropp 2005): of n bytes over k
/// ranks each sends (k - 1) / k in a reduce-scatter or an all-gather, and twice that in an all-reduce. Where the ring crosses
/// machines, the slower of the two links bounds it; all ranks of a machine use their own ways out of it together. Its latency then
/// is that of a tree over the machines, since a ring's grows with their number and libraries do not take it for small messages
/// (double binary trees, Sanders, Speck and Träff 2009, as in NCCL since 2.4).
/// </summary>
internal sealed class MoveTimes(LinkPerformance inside, LinkPerformance between)
{
    /// <param name="bytes">What each rank puts in.</param>
    public double Collective(CollectiveKind kind, GroupReach reach, double bytes) => reach.Ranks == 1 ? 0 : kind switch
    {
        CollectiveKind.AllReduce => 2 * Ring(reach, bytes / reach.Ranks),
        CollectiveKind.ReduceScatter => Ring(reach, bytes / reach.Ranks),
        CollectiveKind.AllGather => Ring(reach, bytes),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public double Message(bool crossesMachines, double bytes)
    {
        var link = crossesMachines ? between : inside;
        return Seconds(link, bytes) + Math.Max(0, link.MessageSeconds - link.LatencySeconds);
    }

    /// <summary>Within a machine, without a latency.</summary>
    public double Copy(double bytes) => bytes / inside.BytesPerSecond;

    /// <summary>Each rank hands a piece to its neighbour, ranks - 1 times.</summary>
    private double Ring(GroupReach reach, double piece)
    {
        var hops = reach.Ranks - 1;
        if (reach.Machines == 1)
            return hops * Seconds(inside, piece);
        var rate = Math.Min(inside.BytesPerSecond, between.BytesPerSecond * reach.RanksOfMachine);
        var latency = ((reach.RanksOfMachine - 1) * inside.LatencySeconds)
            + (Math.Ceiling(Math.Log2(reach.Machines)) * between.LatencySeconds);
        return (hops * piece / rate) + latency;
    }

    private static double Seconds(LinkPerformance link, double bytes) => link.LatencySeconds + (bytes / link.BytesPerSecond);
}
