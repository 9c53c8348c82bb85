using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>How far the ranks of a group are from each other.</summary>
/// <param name="Machines">The machines that they are on.</param>
internal readonly record struct GroupReach(int Ranks, int Machines)
{
    /// <summary>The ranks of one machine, each of which has its own way out of it.</summary>
    public int RanksOfMachine => Math.Max(1, Ranks / Machines);

    public static GroupReach Of(GroupPlan group, ImmutableArray<DeviceDescription> devices) =>
        new(group.Ranks.Length, group.Ranks.Select(rank => devices[rank].Machine).Distinct().Count());
}
