using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// What the machine has meets what the command line asks for. Virtual devices stand in on a machine without any GPU, never
/// for some of the GPUs asked for: such a run would wait for its slowest device.
/// </summary>
internal static class DeviceSelection
{
    public static StageResult<DeviceOffer> Select(CheckedProgram program, HardwareDescription hardware, DeviceRequest request)
    {
        var mistake = Mistake(program.Parallel.Span, hardware, request);
        return mistake is null
            ? new StageResult<DeviceOffer>(Offer(hardware, request), [])
            : new StageResult<DeviceOffer>(null, [mistake]);
    }

    private static Diagnostic? Mistake(SourceSpan span, HardwareDescription hardware, DeviceRequest request)
    {
        if (hardware.Gpus.IsEmpty)
            return request.RequireGpu ? PlanErrors.NoGpuToRequire(span, hardware) : null;
        if (MissingIndex(hardware, request) is { } missing)
            return PlanErrors.NoSuchGpu(span, missing, hardware);
        return request.Count > hardware.Gpus.Length ? PlanErrors.NotEnoughGpus(span, request.Count, hardware) : null;
    }

    private static DeviceOffer Offer(HardwareDescription hardware, DeviceRequest request)
    {
        var gpus = hardware.Gpus;
        if (!request.Indices.IsEmpty)
            return new DeviceOffer(
                [.. gpus.IsEmpty ? [] : request.Indices.Select(index => Gpu(gpus, index))], request.Indices.Length);
        return request.Count > 0
            ? new DeviceOffer([.. gpus.Take(request.Count)], request.Count)
            : new DeviceOffer(gpus, 0);
    }

    private static DeviceDescription Gpu(ImmutableArray<DeviceDescription> gpus, int index) =>
        gpus.First(gpu => gpu.Index == index);

    private static int? MissingIndex(HardwareDescription hardware, DeviceRequest request) => request.Indices
        .Where(index => hardware.Gpus.All(gpu => gpu.Index != index))
        .Select(index => (int?)index)
        .FirstOrDefault();
}
