using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why a program cannot be laid over the devices: PD4001 to PD4049, one function per mistake.</summary>
public static class PlanErrors
{
    public static Diagnostic NoGpuToRequire(SourceSpan span, HardwareDescription hardware) => Error(
        "PD4001",
        span,
        $"`--require-gpu` forbids virtual devices, and {hardware.Name} has no GPU",
        "runs on GPUs only, as asked",
        "leave out `--require-gpu`: virtual CPU devices learn the same, more slowly; `pardsl doctor` says what is missing");

    public static Diagnostic NotEnoughGpus(SourceSpan span, int count, MachineDescription machine) => Error(
        "PD4002",
        span,
        $"`--gpus {count}` asks for {Gpus(count)}, and {machine.Name} has {machine.Gpus.Length}",
        $"{Gpus(machine.Gpus.Length)} there",
        $"write `--gpus {machine.Gpus.Length}`");

    public static Diagnostic NoSuchGpu(SourceSpan span, int index, MachineDescription machine) => Error(
        "PD4003",
        span,
        $"`--devices` names GPU {index}, and {machine.Name} has {Names(machine)}",
        $"there is no GPU {index}",
        $"write `--devices {string.Join(',', machine.Gpus.Select(gpu => gpu.Index))}`");

    internal static Diagnostic DevicesDifferFromDegrees(SourceSpan span, Degrees degrees, DeviceRequest request, int machines)
    {
        var option = request.Indices.IsEmpty ? $"`--gpus {request.Count}`" : $"`--devices {string.Join(',', request.Indices)}`";
        var count = request.Count * machines;
        var gives = machines == 1
            ? $"{option} gives {count}"
            : $"{option} on each of {machines} machines gives {machines} x {request.Count} = {count}";
        string[] remedies =
        [
            .. degrees.WorldSize % machines == 0 ? [$"`--gpus {degrees.WorldSize / machines}`"] : (string[])[],
            .. degrees.WorldSize == degrees.Data ? [$"`--set parallel.data={count}`"] : (string[])[],
        ];
        return Error(
            "PD4004",
            span,
            $"{Needs(degrees)}, {gives}",
            $"{degrees.WorldSize} here, {count} on the command line",
            remedies.Length == 0
                ? "leave one degree out: it takes what is left of the devices"
                : $"write {string.Join(", or ", remedies)}");
    }

    public static Diagnostic BatchDoesNotDivide(SourceSpan span, long batch, long accumulate, long microBatches, int degree)
    {
        var parts = (Int128)accumulate * microBatches * degree;
        var (less, more) = (batch / parts * parts, ((batch / parts) + 1) * parts);
        var total = accumulate * microBatches;
        var cut = total == 1
            ? Ranks(degree, "data ")
            : $"{total} micro-batches x {Ranks(degree, "data ")} = {parts} parts";
        return Error(
            "PD4005",
            span,
            $"a batch of {batch} cannot be cut evenly for {cut}: {batch} = {parts} x {batch / parts} + {batch % parts}",
            $"not a multiple of {parts}",
            less > 0 ? $"write `batch {less}` or `batch {more}`" : $"write `batch {more}`");
    }

    /// <param name="axes">Those with a written degree.</param>
    /// <param name="maximum">Of all machines.</param>
    public static Diagnostic TooManyRanks(
        SourceSpan span, (string Name, long Degree)[] axes, int maximum, int machines)
    {
        var named = axes.Where(axis => axis.Degree > 1).ToArray();
        var product = named.Aggregate((Int128)1, (product, axis) => product * axis.Degree);
        var on = machines == 1 ? "on one machine" : $"on {machines} machines";
        return Error(
            "PD4006",
            span,
            named.Length == 1
                ? $"`{named[0].Name} {named[0].Degree}` needs {product} devices, and at most {maximum} can be used {on}"
                : $"{Wording.And(named.Select(axis => $"{axis.Name} {axis.Degree}"))} need "
                    + $"{string.Join(" x ", named.Select(axis => axis.Degree))} = {product} devices, "
                    + $"and at most {maximum} can be used {on}",
            $"at most {maximum}",
            $"write degrees whose product is {maximum} or less");
    }

    internal static Diagnostic DegreesExceedGpus(SourceSpan span, Degrees degrees, HardwareDescription hardware) => Error(
        "PD4007",
        span,
        $"{Needs(degrees)}, and {hardware.Name} has {Gpus(hardware.Gpus.Length)}",
        $"{degrees.WorldSize} ranks, {Gpus(hardware.Gpus.Length)}",
        (degrees.WorldSize == degrees.Data
            ? $"write `data {hardware.Gpus.Length}`, or `data` alone, which takes all GPUs there are"
            : "leave one degree out: it takes what is left of the GPUs") + MachineErrors.Larger(hardware, degrees));

    /// <param name="rank">The one that needs most, of those whose devices have too little.</param>
    /// <param name="isEach">Whether all ranks need as much.</param>
    /// <param name="heaviest">The layers that weigh most, with their bytes.</param>
    /// <param name="advice">The smallest change that fits, and what a rank then needs; null where none was found.</param>
    /// <param name="enough">What would hold it where no change does, in words.</param>
    internal static Diagnostic MemoryExceedsDevice(
        SourceSpan span,
        RankPlan rank,
        bool isEach,
        ImmutableArray<(CheckedLayer Layer, long Bytes)> heaviest,
        MemoryChange? advice,
        string enough)
    {
        var layers = heaviest.Select(pair => $"`{pair.Layer.Name}` ({pair.Layer.Kind}, {ByteText.Of(pair.Bytes)})");
        var are = heaviest.Length == 1 ? "the heaviest layer is" : "the heaviest layers are";
        return Error(
            "PD4008",
            span,
            $"{(isEach ? "each rank" : $"rank {rank.Rank}")} needs {ByteText.Of(rank.Memory.TotalBytes)} for {Parts(rank.Memory)}, "
                + $"and {rank.Device.Name} has {ByteText.Of(rank.Device.MemoryBytes)}; {are} {string.Join(", ", layers)}",
            "too large for one device",
            advice is { } change
                ? $"write {change.Words}: then a rank needs {ByteText.Of(change.Bytes)}"
                : $"no layout of as many ranks holds it here: take {enough}");
    }

    public static Diagnostic MemoryBeyondMeasure(SourceSpan span) => Error(
        "PD4009",
        span,
        $"the model needs more memory than the {ByteText.Of(long.MaxValue)} that 64 bits can count",
        "too large for any device",
        "look for a size with digits too many: `pardsl show checked` lists the layers");

    public static Diagnostic TwoDegreesLeftOut(SourceSpan span, string first, string second) => Error(
        "PD4010",
        span,
        $"`{first}` and `{second}` have no degree, and nothing is known of the hardware's speed, by which one way to share the "
            + "devices out is chosen",
        "a second one without a degree",
        $"write one of them, `{first} 2; {second}`, or let `pardsl devices --calibrate` measure this machine once");

    /// <param name="known">The product of the other degrees.</param>
    /// <param name="axis">The axis whose degree is left out.</param>
    public static Diagnostic DevicesDoNotDivide(SourceSpan span, int devices, int known, string axis)
    {
        var (less, more) = (devices / known * known, ((devices / known) + 1) * known);
        return Error(
            "PD4011",
            span,
            $"`{axis}` takes what the other degrees leave of the devices, which go in groups of {known}, and {devices} devices are "
                + $"no multiple of that: {devices} = {known} x {devices / known} + {devices % known}",
            $"not a multiple of {known}",
            less > 0 ? $"write `--gpus {less}` or `--gpus {more}`" : $"write `--gpus {more}`");
    }

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);

    /// <summary>"`data 2` and `pipeline 4` need 2 x 4 = 8 ranks".</summary>
    private static string Needs(Degrees degrees) => degrees.Named.Length == 1
        ? $"{degrees.Words} needs {Ranks(degrees.WorldSize)}"
        : $"{degrees.Words} need {degrees.Product} ranks";

    private static string Gpus(int count) => count == 1 ? "1 GPU" : $"{count} GPUs";

    private static string Ranks(long count, string kind = "") => count == 1 ? $"1 {kind}rank" : $"{count} {kind}ranks";

    private static string Names(MachineDescription machine) => machine.Gpus.Length == 1
        ? $"GPU {machine.Gpus[0].Index} only"
        : $"GPUs {string.Join(", ", machine.Gpus.Select(gpu => gpu.Index))}";

    private static string Parts(MemoryEstimate memory)
    {
        string[] parts =
        [
            $"parameters ({ByteText.Of(memory.ParameterBytes)})",
            $"gradients ({ByteText.Of(memory.GradientBytes)})",
            .. Part("float32 masters", memory.MasterBytes),
            .. Part("optimizer states", memory.OptimizerBytes),
            .. Part("batches", memory.BatchBytes),
            .. Part("whole buckets", memory.TransientBytes),
            .. Part("what is kept for backward", memory.ActivationBytes),
            .. Part("workspace", memory.WorkspaceBytes),
        ];
        return $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
    }

    private static string[] Part(string name, long bytes) => bytes == 0 ? [] : [$"{name} ({ByteText.Of(bytes)})"];
}
