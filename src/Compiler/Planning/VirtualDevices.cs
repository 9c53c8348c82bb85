using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>Shares of a machine's cores and memory that stand in for GPUs, all of one size.</summary>
internal static class VirtualDevices
{
    /// <summary>
    /// On one machine. Each is a thread with modules of its own: beyond this it would do nothing but switch between them.
    /// </summary>
    public const int MaximumCount = 1024;

    /// <param name="index">The machine's position among the machines.</param>
    public static ImmutableArray<DeviceDescription> Share(MachineDescription machine, int index, int count) =>
    [
        .. Enumerable.Range(0, count).Select(place => new DeviceDescription(
            DeviceKind.VirtualCpu,
            place,
            $"virtual CPU {place}",
            machine.MemoryBytes / count,
            Math.Max(1, machine.Cores / count))
        {
            Machine = index,
            Cores = machine.Cores,
        }),
    ];

    public static string Note(int count, int machines)
    {
        var places = machines == 1 ? "" : $" on {machines} machines";
        return count == 1
            ? "no GPU here: 1 virtual CPU device stands in (the learning is the same)"
            : $"no GPU here: {count} virtual CPU devices{places} stand in (the learning is the same)";
    }
}
