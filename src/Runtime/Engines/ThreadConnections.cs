using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Engines;

/// <summary>Two in-process groups for each of the plan's: one for the foreground, one for the background.</summary>
internal sealed class ThreadConnections(ExecutionPlan plan, FailureSignal failures) : IConnections
{
    private readonly ImmutableArray<InProcessGroup[]> foreground = Create(plan, failures);
    private readonly ImmutableArray<InProcessGroup[]> background = Create(plan, failures);

    public GroupDoors Doors(GroupPlan group, int rank)
    {
        var place = group.Ranks.IndexOf(rank);
        return new GroupDoors(foreground[group.Index][place], background[group.Index][place]) { OwnThreadBytes = OwnThreadBytes(group) };
    }

    public void Dispose()
    {
        foreach (var door in foreground.Concat(background).SelectMany(doors => doors))
            door.Dispose();
    }

    /// <summary>Ranks on cores have all of them: a second thread would copy and add on the core of the first one.</summary>
    private long OwnThreadBytes(GroupPlan group) =>
        group.Ranks.All(rank => plan.Ranks[rank].Device.Kind == DeviceKind.VirtualCpu) ? long.MaxValue : 0;

    private static ImmutableArray<InProcessGroup[]> Create(ExecutionPlan plan, FailureSignal failures) =>
        [.. plan.Groups.Select(group => InProcessGroup.Create(group.Ranks.Length, plan.Ranks.Length, failures))];
}
