using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parallel block meets the devices on offer: degrees, and a device for each rank. A degree that is written must be met.
/// </summary>
internal static class LayoutChoice
{
    public static StageResult<Layout> Choose(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer)
    {
        var (degrees, mistake) = DegreeChoice.Choose(program, offer);
        if (degrees is null)
            return new StageResult<Layout>(null, [mistake!]);
        ImmutableArray<Diagnostic> mistakes =
        [
            .. DeviceMistakes(program, hardware, request, offer, degrees),
            .. LayoutFit.Mistakes(program, degrees),
        ];
        if (!mistakes.IsEmpty)
            return new StageResult<Layout>(null, [.. mistakes.OrderBy(found => found.Span.Start)]);

        var count = degrees.WorldSize;
        var devices = offer.IsVirtual ? VirtualDevices.Share(hardware, count) : [.. offer.Gpus.Take(count)];
        return new StageResult<Layout>(new Layout(degrees, devices, [.. Notes(program, offer, degrees)]), []);
    }

    private static IEnumerable<Diagnostic> DeviceMistakes(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer,
        Degrees degrees)
    {
        var span = program.Parallel.Span;
        if (offer.IsStated && degrees.WorldSize != offer.StatedCount)
            yield return PlanErrors.DevicesDifferFromDegrees(span, degrees, request);
        else if (!offer.IsVirtual && degrees.WorldSize > offer.Gpus.Length)
            yield return PlanErrors.DegreesExceedGpus(span, degrees, hardware);
    }

    private static IEnumerable<string> Notes(CheckedProgram program, DeviceOffer offer, Degrees degrees)
    {
        var count = degrees.WorldSize;
        if (offer.IsVirtual && (count > 1 || offer.IsStated))
            yield return VirtualDevices.Note(count);
        else if (offer.IsVirtual && program.Parallel is { IsAuto: false, Data: { Degree: 0 } })
            yield return "no GPU here and no --gpus N: `data` takes 1 device with all cores";
        if (!offer.IsVirtual && count < offer.Gpus.Length)
            yield return program.Parallel.IsAuto
                ? $"{count} of {offer.Gpus.Length} GPUs: the most that share {BatchCut.Words(program)} evenly"
                : $"{count} of {offer.Gpus.Length} GPUs: `{Layout.Strategy(program.Parallel, degrees)}` needs no more";
        if (degrees.Data == 1 && program.Parallel.Data is { Shard: not ShardLevel.None } data)
            yield return $"`shard {data.Shard.Words()}` has nothing to share: there is one data rank";
        if (degrees.Tensor == 1 && program.Parallel.Tensor is { DividesSequence: true })
            yield return "`sequence=true` has nothing to divide: there is one tensor rank";
        if (program.Parallel.CheckReplicasEvery.Length > 0 && degrees.Data == 1)
            yield return "`check_replicas` has nothing to compare: there is one data rank";
        else if (program.Parallel is { CheckReplicasEvery.Length: > 0, Data.Shard: ShardLevel.Parameters })
            yield return "`check_replicas` has nothing to compare: `shard parameters` leaves each data rank its own part of them";
    }
}
