using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware;

/// <summary>
/// The hardware as the planner sees it: a value, so that a plan for hardware that is not there can be made anywhere. It is
/// one machine, several (<see cref="HardwareSet"/> makes those), or the processes of a job that is started already.
/// </summary>
/// <param name="Cores">Cores that virtual devices share, of all machines.</param>
/// <param name="MemoryBytes">The main memory, of all machines.</param>
/// <param name="Gpus">The GPUs that are there, of all machines; empty on machines of CPUs.</param>
public sealed record HardwareDescription(string Name, int Cores, long MemoryBytes, ImmutableArray<DeviceDescription> Gpus)
{
    /// <summary>The machines in the order of their ranks; empty where this is one machine, which needs no name.</summary>
    public ImmutableArray<MachineDescription> Machines { get; init; } = [];

    /// <summary>The device of each rank of a job that is started already; empty where ranks are still to be laid out.</summary>
    public ImmutableArray<DeviceDescription> JobDevices { get; init; } = [];

    /// <summary>Whether NVIDIA's collective library is there to move bytes between GPUs.</summary>
    public bool HasNccl { get; init; }

    /// <summary>How fast it is; null where nothing is known of that, and no time can be predicted.</summary>
    public HardwarePerformance? Performance { get; init; }

    /// <summary>How it was asked for where it is not here but known: <c>h100:8x16</c>; null where it was found.</summary>
    public HardwareName? Known { get; init; }

    /// <summary>Whether each rank is a process of its own.</summary>
    public bool IsJob => !JobDevices.IsEmpty;

    public int MachineCount => Math.Max(1, Machines.Length);

    /// <summary>The machines; where this is one, itself.</summary>
    public ImmutableArray<MachineDescription> AllMachines =>
        Machines.IsEmpty ? [new MachineDescription(Name, Cores, MemoryBytes, Gpus, 0)] : Machines;
}
