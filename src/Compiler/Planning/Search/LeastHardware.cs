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
            var quick = new QuickEstimate(program, performance, many);
            var ranksOfMachine = many.Count(device => device.Machine == 0);
            var options = new LayoutOptions(program, count, ranksOfMachine).All;
            var smallest = options.OrderBy(option => quick.Of(option).Bytes).Take(LayoutSearch.SmallestTrials);
            if (smallest.Any(option => Needed(program, option, many) <= devices[0].MemoryBytes))
                return count;
        }

        return null;
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
