using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>Shares of a machine's cores and memory that stand in for GPUs, all of one size.</summary>
internal static class VirtualDevices
{
    /// <summary>
    /// Each is a thread with modules of its own: beyond this the machine would do nothing but switch between them.
    /// </summary>
    public const int MaximumCount = 1024;

    public static ImmutableArray<DeviceDescription> Share(HardwareDescription hardware, int count) =>
    [
        .. Enumerable.Range(0, count).Select(index => new DeviceDescription(
            DeviceKind.VirtualCpu,
            index,
            $"virtual CPU {index}",
            hardware.MemoryBytes / count,
            Math.Max(1, hardware.Cores / count))),
    ];

    public static string Note(int count) => count == 1
        ? "no GPU here: 1 virtual CPU device stands in (the learning is the same)"
        : $"no GPU here: {count} virtual CPU devices stand in (the learning is the same)";
}
