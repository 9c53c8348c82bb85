using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Planning.Search;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parallel block meets the devices on offer: degrees, and a device for each rank. A degree that is written must be met.
/// </summary>
internal static class LayoutChoice
{
    /// <param name="search">Where the program's layout comes from; null where it is written.</param>
    public static StageResult<Layout> Choose(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer,
        SearchOutcome? search = null)
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

        var devices = MachineShares.Devices(hardware, offer, degrees.WorldSize);
        ImmutableArray<string> notes =
        [
            .. OfDevices(program, hardware, offer, degrees),
            .. search?.Notes ?? [.. Idle(program, offer, degrees), .. MachineNotes.Of(MeshGroups.Mesh(degrees), devices)],
            .. WithoutUse(program, degrees),
        ];
        return new StageResult<Layout>(new Layout(degrees, devices, notes), []);
    }

    private static IEnumerable<Diagnostic> DeviceMistakes(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer,
        Degrees degrees)
    {
        var (span, count, machines) = (program.Parallel.Span, degrees.WorldSize, offer.Machines.Length);
        if (hardware.IsJob)
            return count == offer.StatedCount ? [] : [MachineErrors.JobDiffersFromDegrees(span, degrees, offer.StatedCount)];
        if (offer.IsStated && count != offer.StatedCount)
            return [PlanErrors.DevicesDifferFromDegrees(span, degrees, request, machines)];
        if (MachineShares.Of(offer, count) is not null)
            return [];
        return offer.Capacity > 0 && count > offer.Capacity
            ? [machines == 1 && !offer.IsVirtual
                ? PlanErrors.DegreesExceedGpus(span, degrees, hardware)
                : MachineErrors.MoreRanksThanPlaces(span, degrees, hardware, offer)]
            : [count % machines != 0
                ? MachineErrors.RanksNotShared(span, degrees, offer.Machines.Length)
                : MachineErrors.UnevenPlaces(span, degrees, offer)];
    }

    private static IEnumerable<string> OfDevices(
        CheckedProgram program, HardwareDescription hardware, DeviceOffer offer, Degrees degrees)
    {
        var count = degrees.WorldSize;
        if (offer.IsVirtual && (count > 1 || offer.IsStated))
            yield return VirtualDevices.Note(count, hardware.MachineCount);
        else if (offer.IsVirtual && program.Parallel is { IsAuto: false, Data: { Degree: 0 } })
            yield return "no GPU here and no --gpus N: `data` takes 1 device with all cores";
    }

    private static IEnumerable<string> Idle(CheckedProgram program, DeviceOffer offer, Degrees degrees)
    {
        var count = degrees.WorldSize;
        if (!offer.IsVirtual && count < offer.Capacity)
            yield return program.Parallel is { IsAuto: true } or { Data.Degree: 0 }
                ? $"{count} of {offer.Capacity} GPUs: the most that share {BatchCut.Words(program)} evenly"
                : $"{count} of {offer.Capacity} GPUs: `{Layout.Strategy(program.Parallel, degrees)}` needs no more";
    }

    /// <summary>What is written and has nothing to do.</summary>
    private static IEnumerable<string> WithoutUse(CheckedProgram program, Degrees degrees)
    {
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
