using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parallel block meets the devices on offer: a degree, and a device for each rank. A degree that is written must be
/// met; one that is left out takes what is on offer.
/// </summary>
internal static class LayoutChoice
{
    public static StageResult<Layout> Choose(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer)
    {
        var degree = Degree(program, offer);
        if (Mistake(program, hardware, request, offer, degree) is { } mistake)
            return new StageResult<Layout>(null, [mistake]);

        var count = (int)degree;
        var devices = offer.IsVirtual ? VirtualDevices.Share(hardware, count) : [.. offer.Gpus.Take(count)];
        return new StageResult<Layout>(new Layout(count, devices, [.. Notes(program, offer, count)]), []);
    }

    private static long Degree(CheckedProgram program, DeviceOffer offer)
    {
        if (program.Parallel.DataDegree > 0)
            return program.Parallel.DataDegree;
        if (offer.IsStated)
            return offer.StatedCount;
        if (offer.IsVirtual)
            return 1;
        return program.Parallel.IsAuto
            ? BatchCut.LargestDegree(program, offer.Gpus.Length)
            : offer.Gpus.Length;
    }

    private static Diagnostic? Mistake(
        CheckedProgram program,
        HardwareDescription hardware,
        DeviceRequest request,
        DeviceOffer offer,
        long degree)
    {
        var span = program.Parallel.Span;
        if (offer.IsStated && degree != offer.StatedCount)
            return PlanErrors.DevicesDifferFromDegree(span, degree, request);
        if (!offer.IsVirtual && degree > offer.Gpus.Length)
            return PlanErrors.DegreeExceedsGpus(span, degree, hardware);
        return offer.IsVirtual && degree > VirtualDevices.MaximumCount
            ? PlanErrors.TooManyVirtualDevices(span, degree, VirtualDevices.MaximumCount)
            : null;
    }

    private static IEnumerable<string> Notes(CheckedProgram program, DeviceOffer offer, int degree)
    {
        if (offer.IsVirtual && (degree > 1 || offer.IsStated))
            yield return VirtualDevices.Note(degree);
        else if (offer.IsVirtual && !program.Parallel.IsAuto && program.Parallel.DataDegree == 0)
            yield return "no GPU here and no --gpus N: `data` takes 1 device with all cores";
        if (!offer.IsVirtual && degree < offer.Gpus.Length)
            yield return program.Parallel.IsAuto
                ? $"{degree} of {offer.Gpus.Length} GPUs: the most that share {BatchCut.Words(program)} evenly"
                : $"{degree} of {offer.Gpus.Length} GPUs: `data {degree}` needs no more";
    }
}
