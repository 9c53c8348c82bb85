using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Mpi;

namespace ParDsl.Runtime.Engines;

/// <summary>
/// One rank's doors to its groups: a communicator for each, since foreground and background may be under way at once. They are
/// made in the plan's order of groups, which all ranks share.
/// </summary>
internal sealed class MpiConnections : IConnections
{
    /// <summary>
    /// In about the time that so many take between two machines (10 Gbit/s), a second thread wakes up and wakes the first one.
    /// </summary>
    private const long WakeUpBytes = 64 << 10;

    private readonly List<MpiGroup> communicators = [];
    private readonly ImmutableDictionary<int, GroupDoors> doors;

    public MpiConnections(ExecutionPlan plan, MpiJob job) => doors = plan.Groups
        .Where(group => group.Ranks.Contains(job.Rank))
        .ToImmutableDictionary(group => group.Index, group => new GroupDoors(Create(job, group), Create(job, group))
        {
            OwnThreadBytes = group.Ranks.All(rank => plan.Ranks[rank].Device.Kind == DeviceKind.VirtualCpu) ? WakeUpBytes : 0,
        });

    public GroupDoors Doors(GroupPlan group, int rank) => doors[group.Index];

    public void Dispose()
    {
        foreach (var communicator in communicators)
            communicator.Dispose();
    }

    private MpiGroup Create(MpiJob job, GroupPlan group)
    {
        var communicator = job.CreateGroup(group.Ranks) ?? throw new ArgumentException("the rank is one of the group's", nameof(group));
        communicators.Add(communicator);
        return communicator;
    }
}
