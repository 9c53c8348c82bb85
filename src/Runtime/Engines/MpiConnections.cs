using System.Collections.Immutable;
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
    private readonly List<MpiGroup> communicators = [];
    private readonly ImmutableDictionary<int, GroupDoors> doors;

    public MpiConnections(ExecutionPlan plan, MpiJob job) => doors = plan.Groups
        .Where(group => group.Ranks.Contains(job.Rank))
        .ToImmutableDictionary(group => group.Index, group => new GroupDoors(Create(job, group), Create(job, group)));

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
