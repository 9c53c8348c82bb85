using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Known;

namespace ParDsl.Compiler.Hardware;

/// <summary>
/// Several machines as one description. Those that are not started yet are taken to be like this one; those of a job are
/// what its processes found.
/// </summary>
public static class HardwareSet
{
    /// <summary>More names than this are told as a number.</summary>
    private const int NamedMachines = 4;

    /// <summary>So many machines like this one.</summary>
    public static HardwareDescription Alike(HardwareDescription machine, int count)
    {
        var known = machine.Known is { } name ? name with { Machines = count } : null;
        var set = Of(
            known?.Words ?? $"{count} machines like {machine.Name}",
            [.. Enumerable.Range(0, count).Select(index => Like(machine, $"machine {index}", 0, index))],
            machine.HasNccl);
        return set with { Performance = machine.Performance, Known = known };
    }

    /// <summary>The named machines, each like this one.</summary>
    public static HardwareDescription Named(HardwareDescription machine, ImmutableArray<MachineSlots> hosts)
    {
        var set = Of(
            Words([.. hosts.Select(host => host.Name)]),
            [.. hosts.Select((host, index) => Like(machine, host.Name, host.Slots, index))],
            machine.HasNccl);
        return set with { Performance = machine.Performance };
    }

    /// <summary>
    /// The job whose processes found these devices, in the order of its ranks. Machines stand in the order of their first
    /// rank; a machine's memory is divided evenly over the ranks that have no GPU there, and so are its cores, where no launcher
    /// has divided them.
    /// </summary>
    public static HardwareDescription Job(IReadOnlyList<ProcessDevice> processes, bool hasNccl)
    {
        var hosts = processes.Select((process, rank) => (process, rank)).GroupBy(pair => pair.process.Host).ToArray();
        var devices = new DeviceDescription[processes.Count];
        foreach (var (machine, host) in hosts.Index())
        {
            foreach (var (place, (process, rank)) in host.Index())
                devices[rank] = Device(process, place, host.Count(), machine);
        }

        var machines = hosts.Select((host, index) => new MachineDescription(
            host.Key,
            host.First().process.Cores,
            host.First().process.MemoryBytes,
            [.. host.Select(pair => devices[pair.rank]).Where(device => device.Kind == DeviceKind.Cuda)],
            host.Count()));
        var set = Of(Words([.. hosts.Select(host => host.Key)]), [.. machines], hasNccl);
        return set with { JobDevices = [.. devices], Performance = KnownHardware.PerformanceOf(set.Gpus) };
    }

    private static DeviceDescription Device(ProcessDevice process, int place, int ranks, int machine) =>
        process.Gpu is { } gpu
            ? gpu with { Machine = machine }
            : new DeviceDescription(
                DeviceKind.VirtualCpu,
                place,
                $"virtual CPU {place}",
                process.MemoryBytes / ranks,
                process.Threads > 0 ? process.Threads : Math.Max(1, process.Cores / ranks))
            {
                Machine = machine,
                Cores = process.Cores,
            };

    private static MachineDescription Like(HardwareDescription machine, string name, int slots, int index) => new(
        name, machine.Cores, machine.MemoryBytes, [.. machine.Gpus.Select(gpu => gpu with { Machine = index })], slots);

    private static HardwareDescription Of(string name, ImmutableArray<MachineDescription> machines, bool hasNccl) => new(
        name,
        machines.Sum(machine => machine.Cores),
        Together(machines.Select(machine => machine.MemoryBytes)),
        [.. machines.SelectMany(machine => machine.Gpus)])
    {
        Machines = machines,
        HasNccl = hasNccl,
    };

    /// <summary>What 64 bits cannot count is as good as endless: `check` takes machines that hold whatever a spec asks for.</summary>
    private static long Together(IEnumerable<long> sizes) =>
        (long)Int128.Min(long.MaxValue, sizes.Aggregate(Int128.Zero, (sum, size) => sum + size));

    private static string Words(ImmutableArray<string> names) => names.Length switch
    {
        1 => names[0],
        <= NamedMachines => $"{string.Join(", ", names[..^1])} and {names[^1]}",
        _ => $"{names.Length} machines, {names[0]} to {names[^1]}",
    };
}
