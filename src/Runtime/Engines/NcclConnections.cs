using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Engines;

/// <summary>
/// Two groups over NCCL for each of the plan's: one for the foreground, with a channel for each direction in which the plan has
/// messages, and one for the background. They are made in the plan's order of groups, which all ranks share.
/// </summary>
internal sealed class NcclConnections : IConnections
{
    private readonly Dictionary<(int Group, int Rank), GroupDoors> doors = [];
    private readonly List<NcclGroup> groups = [];

    private NcclConnections()
    {
    }

    /// <summary>Of ranks that are threads of this process.</summary>
    /// <exception cref="RunFailedException">NCCL refuses.</exception>
    public static NcclConnections OfThreads(NcclLibrary library, ExecutionPlan plan, FailureSignal failures) => Made(connections =>
    {
        foreach (var group in plan.Groups)
        {
            var devices = group.Ranks.Select(rank => RankDevice.Of(plan.Ranks[rank].Device)).ToImmutableArray();
            var foreground = connections.Keep(NcclGroup.CreateLocal(library, devices, Foreground(plan, group, failures)));
            var background = connections.Keep(NcclGroup.CreateLocal(library, devices, Background(group, failures)));
            for (var place = 0; place < devices.Length; place++)
                connections.doors.Add((group.Index, group.Ranks[place]), new GroupDoors(foreground[place], background[place]));
        }
    });

    /// <summary>Of this process's rank, which has the process's number.</summary>
    /// <param name="processes">Over which the communicators' ids come.</param>
    /// <exception cref="RunFailedException">NCCL refuses, not all ranks have come, or they have different versions.</exception>
    public static NcclConnections OfProcess(
        NcclLibrary library, IRendezvous processes, ExecutionPlan plan, FailureSignal failures) => Made(connections =>
    {
        var rank = processes.Rank;
        RequireSameVersion(library, processes);
        var device = RankDevice.Of(plan.Ranks[rank].Device);
        var ids = new Queue<NcclUniqueId>(ExchangeIds(library, processes, plan));
        foreach (var group in plan.Groups)
        {
            var (first, second) = (ids.Dequeue(), ids.Dequeue());
            var (place, size) = (group.Ranks.IndexOf(rank), group.Ranks.Length);
            if (place < 0)
                continue;
            var foreground = NcclGroup.Join(library, first, place, size, device, Foreground(plan, group, failures));
            connections.Keep([foreground]);
            var background = NcclGroup.Join(library, second, place, size, device, Background(group, failures));
            connections.Keep([background]);
            connections.doors.Add((group.Index, rank), new GroupDoors(foreground, background));
        }
    });

    public GroupDoors Doors(GroupPlan group, int rank) => doors[(group.Index, rank)];

    public void Dispose()
    {
        foreach (var group in groups)
            group.Dispose();
    }

    private static NcclConnections Made(Action<NcclConnections> make)
    {
        var connections = new NcclConnections();
        try
        {
            make(connections);
            return connections;
        }
        catch
        {
            connections.Dispose();
            throw;
        }
    }

    /// <summary>Two versions may fail to connect, or sum in other orders; NCCL itself says so late, or not at all.</summary>
    private static void RequireSameVersion(NcclLibrary library, IRendezvous processes)
    {
        var versions = processes.GatherValues(library.Version.ToString());
        var odd = Array.FindIndex(versions, version => version != versions[0]);
        if (odd >= 0)
            throw NcclErrors.VersionsDiffer(versions[0], odd, versions[odd]);
    }

    /// <summary>Two ids for each of the plan's groups, in their order, made by the group's first rank.</summary>
    private static IEnumerable<NcclUniqueId> ExchangeIds(NcclLibrary library, IRendezvous processes, ExecutionPlan plan)
    {
        const int idsOfGroup = 2;
        var own = plan.Groups
            .Where(group => group.Ranks[0] == processes.Rank)
            .SelectMany(_ => Enumerable.Range(0, idsOfGroup).SelectMany(_ => library.CreateUniqueId().ToBytes()))
            .ToArray();
        var all = processes.AllGather(own)
            .Select(bytes => new Queue<NcclUniqueId>(bytes.Chunk(NcclUniqueId.ByteCount).Select(id => NcclUniqueId.FromBytes(id))))
            .ToArray();
        return
        [
            .. plan.Groups.SelectMany(group => Enumerable.Range(0, idsOfGroup).Select(_ => all[group.Ranks[0]].Dequeue())),
        ];
    }

    private static NcclGroupSettings Foreground(ExecutionPlan plan, GroupPlan group, FailureSignal failures) =>
        new() { Channels = NcclChannel.Of(plan, group), Ranks = group.Ranks, Failures = failures };

    private static NcclGroupSettings Background(GroupPlan group, FailureSignal failures) =>
        new() { IsBackground = true, Ranks = group.Ranks, Failures = failures };

    private NcclGroup[] Keep(NcclGroup[] made)
    {
        groups.AddRange(made);
        return made;
    }
}
