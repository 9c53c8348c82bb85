using ParDsl.Compiler.Hardware;
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

    public static Diagnostic NotEnoughGpus(SourceSpan span, int count, HardwareDescription hardware) => Error(
        "PD4002",
        span,
        $"`--gpus {count}` asks for {Gpus(count)}, and {hardware.Name} has {hardware.Gpus.Length}",
        $"{Gpus(hardware.Gpus.Length)} there",
        $"write `--gpus {hardware.Gpus.Length}`");

    public static Diagnostic NoSuchGpu(SourceSpan span, int index, HardwareDescription hardware) => Error(
        "PD4003",
        span,
        $"`--devices` names GPU {index}, and {hardware.Name} has {Names(hardware)}",
        $"there is no GPU {index}",
        $"write `--devices {string.Join(',', hardware.Gpus.Select(gpu => gpu.Index))}`");

    public static Diagnostic DevicesDifferFromDegree(SourceSpan span, long degree, DeviceRequest request)
    {
        var (words, count) = request.Indices.IsEmpty
            ? ($"`--gpus {request.Count}` gives", request.Count)
            : ($"`--devices {string.Join(',', request.Indices)}` gives", request.Indices.Length);
        return Error(
            "PD4004",
            span,
            $"`data {degree}` needs {Ranks(degree)}, {words} {count}",
            $"{degree} here, {count} on the command line",
            $"write `--gpus {degree}`, or `--set parallel.data={count}`");
    }

    public static Diagnostic BatchDoesNotDivide(SourceSpan span, long batch, long accumulate, int degree)
    {
        var parts = (Int128)accumulate * degree;
        var (less, more) = (batch / parts * parts, ((batch / parts) + 1) * parts);
        var cut = accumulate == 1
            ? Ranks(degree, "data ")
            : $"{accumulate} micro-batches x {Ranks(degree, "data ")} = {parts} parts";
        return Error(
            "PD4005",
            span,
            $"a batch of {batch} cannot be cut evenly for {cut}: {batch} = {parts} x {batch / parts} + {batch % parts}",
            $"not a multiple of {parts}",
            less > 0 ? $"write `batch {less}` or `batch {more}`" : $"write `batch {more}`");
    }

    public static Diagnostic TooManyVirtualDevices(SourceSpan span, long count, int maximum) => Error(
        "PD4006",
        span,
        $"{count} ranks would need {count} virtual CPU devices, and at most {maximum} stand in on one machine",
        $"at most {maximum}",
        $"write `data {maximum}` or less");

    public static Diagnostic DegreeExceedsGpus(SourceSpan span, long degree, HardwareDescription hardware) => Error(
        "PD4007",
        span,
        $"`data {degree}` needs {Ranks(degree)}, and {hardware.Name} has {Gpus(hardware.Gpus.Length)}",
        $"{degree} ranks, {Gpus(hardware.Gpus.Length)}",
        $"write `data {hardware.Gpus.Length}`, or `data` alone, which takes all GPUs there are");

    public static Diagnostic MemoryExceedsDevice(SourceSpan span, RankPlan rank, long needed) => Error(
        "PD4008",
        span,
        $"each rank needs {ByteText.Of(needed)} for {Parts(rank.Memory)}, "
            + $"and {rank.Device.Name} has {ByteText.Of(rank.Device.MemoryBytes)}",
        "every data rank holds the whole model",
        "make the model smaller, or choose devices with more memory");

    public static Diagnostic MemoryBeyondMeasure(SourceSpan span) => Error(
        "PD4009",
        span,
        $"the model needs more memory than the {ByteText.Of(long.MaxValue)} that 64 bits can count",
        "every data rank holds the whole model",
        "look for a size with digits too many: `pardsl show checked` lists the layers");

    private static Diagnostic Error(string code, SourceSpan span, string message, string label, string help) =>
        new(code, Severity.Error, span, label, message, help, []);

    private static string Gpus(int count) => count == 1 ? "1 GPU" : $"{count} GPUs";

    private static string Ranks(long count, string kind = "") => count == 1 ? $"1 {kind}rank" : $"{count} {kind}ranks";

    private static string Names(HardwareDescription hardware) => hardware.Gpus.Length == 1
        ? $"GPU {hardware.Gpus[0].Index} only"
        : $"GPUs {string.Join(", ", hardware.Gpus.Select(gpu => gpu.Index))}";

    private static string Parts(MemoryEstimate memory) => memory.OptimizerBytes == 0
        ? $"parameters ({ByteText.Of(memory.ParameterBytes)}) and gradients ({ByteText.Of(memory.GradientBytes)})"
        : $"parameters ({ByteText.Of(memory.ParameterBytes)}), gradients ({ByteText.Of(memory.GradientBytes)}) "
            + $"and optimizer states ({ByteText.Of(memory.OptimizerBytes)})";
}
