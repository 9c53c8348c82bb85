using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>How many devices of a kind would hold a program that fewer do not.</summary>
internal static class LeastHardware
{
    private const int MostDevices = 8192;

    /// <summary>The least multiple by a power of two for which a layout fits; null where none does even for thousands.</summary>
    public static int? Of(CheckedProgram program, HardwarePerformance performance, ImmutableArray<DeviceDescription> devices)
    {
        for (var count = 2 * devices.Length; count <= MostDevices; count *= 2)
        {
            var many = Many(devices, count);
            if (Fits(program, performance, many))
                return count;
        }

        return null;
    }

    /// <summary>Whether one of the layouts that seem to need least fits.</summary>
    public static bool Fits(CheckedProgram program, HardwarePerformance performance, ImmutableArray<DeviceDescription> devices)
    {
        if (ParameterBytes.ExceedAll(program, devices))
            return false;
        var quick = new QuickEstimate(program, performance, devices);
        var ranksOfMachine = devices.Count(device => device.Machine == 0);
        var memory = devices.Min(device => device.MemoryBytes);
        var options = new LayoutOptions(program, devices.Length, ranksOfMachine, devices[0].Kind == DeviceKind.VirtualCpu).All;
        return LayoutSearch.Smallest(options.Select(option => (option, quick.Of(option))))
            .Take(LayoutSearch.SmallestTrials)
            .Any(option => Needed(program, option, devices) <= memory);
    }

    private static long Needed(CheckedProgram program, LayoutOption option, ImmutableArray<DeviceDescription> devices) =>
        LayoutTrial.NeededBytes(program with { Parallel = option.Request(program.Parallel) }, option.Degrees, devices);

    /// <summary>More machines of the same devices.</summary>
    private static ImmutableArray<DeviceDescription> Many(ImmutableArray<DeviceDescription> devices, int count)
    {
        var machines = devices[^1].Machine + 1;
        return
        [
            .. Enumerable.Range(0, count).Select(rank => devices[rank % devices.Length] with
            {
                Machine = devices[rank % devices.Length].Machine + (rank / devices.Length * machines),
            }),
        ];
    }
}
