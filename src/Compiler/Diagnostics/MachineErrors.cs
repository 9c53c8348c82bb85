using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Hardware.Known;
using ParDsl.Compiler.Planning;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why a program cannot be laid over several machines: PD4051 to PD4069, one function per mistake.</summary>
internal static class MachineErrors
{
    public static Diagnostic OtherNodesWritten(SourceSpan span, int nodes, HardwareDescription hardware) => Error(
        "PD4051",
        span,
        $"`nodes {nodes}` asks for {Machines(nodes)}, and here {Are(hardware)}",
        $"{nodes} here, {hardware.MachineCount} there",
        hardware.Known is { } known
            ? $"write `--set parallel.nodes={hardware.MachineCount}`, or `--on {(known with { Machines = nodes }).Words}`"
            : $"write `--set parallel.nodes={hardware.MachineCount}`, or name {Machines(nodes)}: `--hosts {Example(nodes)}`");

    public static Diagnostic OtherNodesAskedFor(SourceSpan span, int nodes, HardwareDescription hardware) => Error(
        "PD4051",
        span,
        $"`--nodes {nodes}` asks for {Machines(nodes)}, and here {Are(hardware)}",
        $"{hardware.MachineCount} there",
        $"write `--nodes {hardware.MachineCount}`");

    public static Diagnostic RanksNotShared(SourceSpan span, Degrees degrees, int machines)
    {
        var ranks = degrees.WorldSize;
        var (less, more) = (ranks / machines * machines, ((ranks / machines) + 1) * machines);
        return Error(
            "PD4052",
            span,
            $"{Needs(degrees)}, which {Machines(machines)} cannot share evenly: "
                + $"{ranks} = {machines} x {ranks / machines} + {ranks % machines}",
            $"not a multiple of {machines}",
            less > 0
                ? $"choose degrees whose product is {less} or {more}, or `--nodes {Divisor(ranks, machines)}`"
                : $"choose degrees whose product is {more}, or `--nodes 1`");
    }

    public static Diagnostic MoreRanksThanPlaces(
        SourceSpan span, Degrees degrees, HardwareDescription hardware, DeviceOffer offer) => Error(
        "PD4053",
        span,
        $"{Needs(degrees)}, and {Machines(offer.Machines.Length)} take {Sum(offer)}",
        $"{degrees.WorldSize} ranks, {Wording.Count(offer.Capacity, "place")}",
        (degrees.WorldSize == degrees.Data
            ? $"write `data {offer.Capacity}`, or `data` alone, which takes all places"
            : "leave one degree out: it takes what is left of the places") + Larger(hardware, degrees));

    /// <param name="machine">The first whose ranks are not as many.</param>
    public static Diagnostic JobDiffersFromGpus(SourceSpan span, int count, MachineDescription machine) => Error(
        "PD4054",
        span,
        $"`--gpus {count}` asks for {Wording.Count(count, "rank")} on each machine, and the job has "
            + $"{Wording.Count(machine.Slots, "process", "processes")} on `{machine.Name}`",
        $"{count} asked for, {machine.Slots} there",
        $"write `--gpus {machine.Slots}`, or start {Wording.Count(count, "process", "processes")} on each machine");

    /// <summary>A job that is started already has another number of processes than the degrees need.</summary>
    public static Diagnostic JobDiffersFromDegrees(SourceSpan span, Degrees degrees, int processes) => Error(
        "PD4055",
        span,
        $"{Needs(degrees)}, and the job has {Wording.Count(processes, "process", "processes")}",
        $"{degrees.WorldSize} here, {processes} started",
        degrees.WorldSize == degrees.Data
            ? $"start {degrees.WorldSize}: {Starts(degrees.WorldSize)}; or write `--set parallel.data={processes}`"
            : $"start {degrees.WorldSize}: {Starts(degrees.WorldSize)}");

    public static Diagnostic SomeWithoutGpus(SourceSpan span, HardwareDescription hardware)
    {
        var with = hardware.Machines.FirstOrDefault(machine => !machine.Gpus.IsEmpty);
        var without = hardware.Machines.FirstOrDefault(machine => machine.Gpus.Length < machine.Slots || machine.Gpus.IsEmpty);
        return Error(
            "PD4056",
            span,
            $"some ranks own GPUs, on `{with?.Name}`, and some have none, on `{without?.Name}`: "
                + "all would wait for the slowest",
            "GPUs on some machines only",
            "leave out the machines without GPUs: `--hosts`, or start as many processes on a machine as it has GPUs");
    }

    public static Diagnostic SlotsExceeded(SourceSpan span, int count, MachineDescription machine) => Error(
        "PD4057",
        span,
        $"`--gpus {count}` asks for {Wording.Count(count, "rank")} on each machine, and `{machine.Name}` takes {machine.Slots}",
        $"{count} asked for, {machine.Slots} there",
        $"write `--gpus {machine.Slots}`, or `{machine.Name}:{count}`");

    public static Diagnostic UnevenPlaces(SourceSpan span, Degrees degrees, DeviceOffer offer)
    {
        var each = degrees.WorldSize / offer.Machines.Length;
        var small = offer.Machines.First(machine => machine.Capacity < each);
        return Error(
            "PD4058",
            span,
            $"{Needs(degrees)}, {each} on each of {Machines(offer.Machines.Length)}, and `{small.Machine.Name}` takes {small.Capacity}",
            $"{each} a machine, {small.Capacity} there",
            $"fill all {offer.Capacity} places, or give each machine at least {each}: `{small.Machine.Name}:{each}`");
    }

    /// <summary>Known hardware can be asked for by the machine; other hardware cannot.</summary>
    internal static string Larger(HardwareDescription hardware, Degrees degrees) =>
        hardware.Known is { } known && KnownHardware.Enough(known, degrees.WorldSize) is { } enough
            ? $"; or ask for more: `--on {enough.Words}`"
            : "";

    private static string Starts(int count) => $"`--processes {count}`, `mpirun -n {count}`";

    private static string Are(HardwareDescription hardware) => hardware.MachineCount == 1
        ? $"is 1, {hardware.Name}"
        : $"are {hardware.MachineCount}: {hardware.Name}";

    private static string Machines(int count) => Wording.Count(count, "machine");

    private static string Example(int nodes) => nodes == 1 ? "a" : nodes == 2 ? "a,b" : "a,b,...";

    /// <summary>1 + 2 = 3, or 16 x 8 = 128 where more than a few are alike.</summary>
    private static string Sum(DeviceOffer offer)
    {
        var capacities = offer.Machines.Select(machine => machine.Capacity).ToArray();
        return capacities.Length > 2 && capacities.Distinct().Count() == 1
            ? $"{capacities.Length} x {capacities[0]} = {offer.Capacity}"
            : $"{string.Join(" + ", capacities)} = {offer.Capacity}";
    }

    /// <summary>The greatest number of machines, fewer than these, that shares so many ranks evenly.</summary>
    private static int Divisor(int ranks, int machines) =>
        Enumerable.Range(1, machines - 1).Last(count => ranks % count == 0);

    private static string Needs(Degrees degrees) => degrees.Named.Length == 1
        ? $"{degrees.Words} needs {Wording.Count(degrees.WorldSize, "rank")}"
        : $"{degrees.Words} need {degrees.Product} ranks";

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);
}
