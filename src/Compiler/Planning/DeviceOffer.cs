using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning;

/// <summary>The devices that a layout may use.</summary>
/// <param name="Machines">Where they are, in the order of the ranks.</param>
/// <param name="StatedCount">
/// The devices that the command line or a started job says, all of which must be used; 0 where nothing says it.
/// </param>
internal sealed record DeviceOffer(ImmutableArray<MachineOffer> Machines, int StatedCount)
{
    public bool IsVirtual { get; } = Machines.All(machine => machine.Gpus.IsEmpty);

    public bool IsStated => StatedCount > 0;

    /// <summary>The most ranks that all machines take; 0 where that is as many as are needed.</summary>
    public int Capacity { get; } = Machines.Any(machine => machine.Capacity == 0) ? 0 : Machines.Sum(machine => machine.Capacity);

    /// <summary>Where nothing is asked for on CPUs: the fewest ranks in groups of so many that the machines share evenly.</summary>
    public int FewestShared(int groupSize)
    {
        var count = groupSize;
        while (count % Machines.Length != 0)
            count += groupSize;
        return count;
    }
}
