using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Known.Gpus;
using ParDsl.Compiler.Hardware.Performance;

namespace ParDsl.Compiler.Hardware.Known;

/// <summary>
/// Hardware that nobody here needs to own: a kind of machine and a number come in, a description that plans can be made for
/// goes out. The same one everywhere.
/// </summary>
public static class KnownHardware
{
    /// <summary>More machines than this have no plan that anyone would read.</summary>
    public const int MostMachines = 4096;

    /// <summary>Sorted by name.</summary>
    public static ImmutableArray<IKnownMachine> Machines { get; } =
    [
        A100.Machine,
        B200.Machine,
        new KnownCpu(),
        H100.Machine,
        H200.Machine,
        L4.Machine,
        Mi300X.Machine,
        Rtx4090.Machine,
        V100.Machine,
    ];

    /// <summary>Null where no kind of machine has that name.</summary>
    public static IKnownMachine? Find(string name) =>
        Machines.FirstOrDefault(machine => string.Equals(machine.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// How fast GPUs are that are there, by their data sheet: their driver tells their name. Null where none are, where one is not
    /// known, or where they differ.
    /// </summary>
    public static HardwarePerformance? PerformanceOf(ImmutableArray<DeviceDescription> gpus)
    {
        var kinds = gpus.Select(gpu => Machines.OfType<KnownGpu>().FirstOrDefault(known => known.IsCalled(gpu.Name))).Distinct().ToArray();
        return kinds is [{ } kind] ? kind.Performance : null;
    }

    /// <param name="count">At least 1 and at most <see cref="IKnownMachine.Most"/>.</param>
    /// <param name="machines">0: one, or as many as the program says.</param>
    public static HardwareDescription Of(IKnownMachine machine, int count, int machines)
    {
        var name = new HardwareName(machine.Name, count, machines);
        var one = machine.Machine(count) with { Name = name.Words, Known = name };
        return machines == 0 ? one : HardwareSet.Alike(one, machines);
    }

    /// <summary>The least of the same kind that has room for so many ranks; null where that would be too many machines.</summary>
    public static HardwareName? Enough(HardwareName name, int ranks)
    {
        var count = Math.Min(Find(name.Name)?.Most ?? name.Count, ranks);
        var machines = (ranks + count - 1) / count;
        return machines > MostMachines ? null : name with { Count = count, Machines = machines == 1 ? 0 : machines };
    }
}
