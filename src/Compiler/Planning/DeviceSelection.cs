using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What the machines have meets what the command line asks for. Virtual devices stand in where there is no GPU at all, never
/// for some of the GPUs asked for: such a run would wait for its slowest device.
/// </summary>
internal static class DeviceSelection
{
    public static StageResult<DeviceOffer> Select(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        var span = program.Parallel.Span;
        var mistake = MachineChoice.Mistake(program, hardware, request)
            ?? Mixture(span, hardware)
            ?? (hardware.IsJob ? JobMistake(span, hardware, request) : GpuMistake(span, hardware, request));
        return mistake is null
            ? new StageResult<DeviceOffer>(Offer(hardware, request), [])
            : new StageResult<DeviceOffer>(null, [mistake]);
    }

    private static Diagnostic? Mixture(SourceSpan span, HardwareDescription hardware)
    {
        var kinds = hardware.IsJob
            ? hardware.JobDevices.Select(device => device.Kind == DeviceKind.Cuda)
            : hardware.Machines.Select(machine => !machine.Gpus.IsEmpty);
        return kinds.Distinct().Count() > 1 ? MachineErrors.SomeWithoutGpus(span, hardware) : null;
    }

    private static Diagnostic? JobMistake(SourceSpan span, HardwareDescription hardware, DeviceRequest request)
    {
        if (request.RequireGpu && hardware.Gpus.IsEmpty)
            return PlanErrors.NoGpuToRequire(span, hardware);
        var odd = hardware.Machines.FirstOrDefault(machine => request.Count > 0 && machine.Slots != request.Count);
        return odd is null ? null : MachineErrors.JobDiffersFromGpus(span, request.Count, odd);
    }

    private static Diagnostic? GpuMistake(SourceSpan span, HardwareDescription hardware, DeviceRequest request)
    {
        var full = hardware.Machines.FirstOrDefault(machine => machine.Slots > 0 && request.Count > machine.Slots);
        if (full is not null)
            return MachineErrors.SlotsExceeded(span, request.Count, full);
        if (hardware.Gpus.IsEmpty)
            return request.RequireGpu ? PlanErrors.NoGpuToRequire(span, hardware) : null;
        foreach (var machine in hardware.AllMachines)
        {
            if (MissingIndex(machine, request) is { } missing)
                return PlanErrors.NoSuchGpu(span, missing, machine);
            if (request.Count > machine.Gpus.Length)
                return PlanErrors.NotEnoughGpus(span, request.Count, machine);
        }

        return null;
    }

    private static DeviceOffer Offer(HardwareDescription hardware, DeviceRequest request) => new(
        [.. hardware.AllMachines.Select(machine => Offer(machine, request))],
        hardware.IsJob ? hardware.JobDevices.Length : request.Count * hardware.MachineCount);

    private static MachineOffer Offer(MachineDescription machine, DeviceRequest request)
    {
        var gpus = machine.Gpus;
        ImmutableArray<DeviceDescription> chosen = request switch
        {
            _ when gpus.IsEmpty => [],
            { Indices.IsEmpty: false } => [.. request.Indices.Select(index => gpus.First(gpu => gpu.Index == index))],
            { Count: > 0 } => [.. gpus.Take(request.Count)],
            _ => machine.Slots > 0 ? [.. gpus.Take(machine.Slots)] : gpus,
        };
        return new MachineOffer(
            machine, chosen, chosen.IsEmpty ? request.Count > 0 ? request.Count : machine.Slots : chosen.Length);
    }

    private static int? MissingIndex(MachineDescription machine, DeviceRequest request) => request.Indices
        .Where(index => machine.Gpus.All(gpu => gpu.Index != index))
        .Select(index => (int?)index)
        .FirstOrDefault();
}
