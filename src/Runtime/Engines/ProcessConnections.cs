using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Engines;

/// <summary>
/// One rank's doors to its groups: two of each, since foreground and background may be under way at once. They are made in the
/// plan's order of groups, which all ranks share.
/// </summary>
internal sealed class ProcessConnections : IConnections
{
    private readonly ImmutableDictionary<int, GroupDoors> doors;

    public ProcessConnections(ExecutionPlan plan, int rank, Func<ImmutableArray<int>, ICollectiveGroup> create)
    {
        var own = ImmutableDictionary.CreateBuilder<int, GroupDoors>();
        foreach (var group in plan.Groups.Where(group => group.Ranks.Contains(rank)))
            own.Add(group.Index, new GroupDoors(create(group.Ranks), create(group.Ranks)));
        doors = own.ToImmutable();
    }

    public GroupDoors Doors(GroupPlan group, int rank) => doors[group.Index];

    public void Dispose()
    {
        foreach (var pair in doors.Values)
        {
            (pair.Foreground as IDisposable)?.Dispose();
            (pair.Background as IDisposable)?.Dispose();
        }
    }
}
