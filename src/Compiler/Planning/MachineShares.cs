using System.Collections.Immutable;
using System.Numerics;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// How many ranks each machine has. Ranks are laid over the machines in order, so the mesh's fastest axis stays within one.
/// Every place is taken, or each machine has as many ranks as the others.
/// </summary>
internal static class MachineShares
{
    /// <summary>Null where the machines cannot share so many ranks.</summary>
    public static ImmutableArray<int>? Of(DeviceOffer offer, int ranks)
    {
        var machines = offer.Machines;
        if (ranks == offer.Capacity)
            return [.. machines.Select(machine => machine.Capacity)];
        var each = ranks / machines.Length;
        var fits = ranks % machines.Length == 0 && machines.All(machine => machine.Capacity == 0 || each <= machine.Capacity);
        return fits ? [.. machines.Select(_ => each)] : null;
    }

    /// <summary>A device for each of so many ranks, which the machines can share.</summary>
    public static ImmutableArray<DeviceDescription> Devices(HardwareDescription hardware, DeviceOffer offer, int ranks)
    {
        var devices = hardware.IsJob ? hardware.JobDevices : Devices(offer, Of(offer, ranks)!.Value);
        return hardware.Performance is { Panels: { IsEmpty: false } panels }
            ? [.. devices.Select(device => device.Kind == DeviceKind.VirtualCpu ? device with { Panels = panels } : device)]
            : devices;
    }

    /// <summary>The greatest number of ranks in a row that never go over from one machine to the next.</summary>
    public static int RanksInARow(ImmutableArray<DeviceDescription> devices) => devices
        .GroupBy(device => device.Machine)
        .Select(machine => machine.Count())
        .Aggregate((one, other) => (int)BigInteger.GreatestCommonDivisor(one, other));

    private static ImmutableArray<DeviceDescription> Devices(DeviceOffer offer, ImmutableArray<int> shares) =>
    [
        .. offer.Machines.SelectMany((machine, index) => machine.Gpus.IsEmpty
            ? VirtualDevices.Share(machine.Machine, index, shares[index])
            : machine.Gpus.Take(shares[index])),
    ];
}
