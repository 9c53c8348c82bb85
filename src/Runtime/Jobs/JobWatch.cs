using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Jobs;

/// <summary>Starts the watch over a job: the first process listens, and all others connect to it.</summary>
public static class JobWatch
{
    /// <summary>How often a process says that it is alive.</summary>
    internal static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    /// <summary>Called by all processes at the same time; returns when each has its connection.</summary>
    /// <param name="members">All processes of the job, in order.</param>
    /// <exception cref="RunFailedException">
    /// The first process cannot listen, or another one not reach it: the same words in all processes.
    /// </exception>
    public static IJobWatch Start(IRendezvous processes, ImmutableArray<JobMember> members, WatchOptions options)
    {
        if (processes.Size == 1)
            return NoWatch.Instance;
        var hub = processes.Rank == 0 ? HubWatch.TryListen(members, options) : null;
        var address = processes.BroadcastValue(hub?.Address, 0) ?? throw new RunFailedException(JobErrors.PortInUse(options.Port));
        var peer = hub is null ? PeerWatch.TryConnect(processes.Rank, address, members, options) : null;
        if (hub is not null)
            hub.AwaitPeers();
        var missing = processes.GatherValues(hub is not null || peer is not null)
            .Select((isThere, rank) => (isThere, rank))
            .Where(process => !process.isThere)
            .Select(process => members[process.rank])
            .ToImmutableArray();
        if (missing.IsEmpty)
            return (IJobWatch?)hub ?? peer!;
        hub?.Dispose();
        peer?.Dispose();
        throw new RunFailedException(JobErrors.CannotReachFirst(missing, members[0], address.Addresses, address.Port));
    }
}
