using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The degrees of the parallel block's axes: those that are written or that the cuts make, 1 for an axis that is not named,
/// and for the one whose degree is left out what is left of the devices.
/// </summary>
internal static class DegreeChoice
{
    public static (Degrees? Degrees, Diagnostic? Mistake) Choose(CheckedProgram program, DeviceOffer offer)
    {
        var request = program.Parallel;
        if (request.IsAuto)
            return (new Degrees(AutomaticData(program, offer), 1), null);
        var (data, pipeline) = (Written(request.Data?.Degree), Pipeline(request.Pipeline));
        if (data == 0 && pipeline == 0)
            return (null, PlanErrors.TwoDegreesLeftOut(request.Pipeline!.Span));
        if (Int128.Max(data, 1) * Int128.Max(pipeline, 1) > VirtualDevices.MaximumCount)
            return (null, PlanErrors.TooManyRanks(request.Span, data, pipeline, VirtualDevices.MaximumCount));
        if (data > 0 && pipeline > 0)
            return (new Degrees((int)data, (int)pipeline), null);
        var known = (int)Math.Max(data, pipeline);
        var left = DeviceCount(offer, known);
        if (left % known != 0)
            return (null, PlanErrors.DevicesDoNotDivide(request.Span, left, known, data == 0 ? "data" : "pipeline"));
        return (data == 0 ? new Degrees(left / known, known) : new Degrees(known, left / known), null);
    }

    /// <summary>What is left may be all there are; on a machine of CPUs where nothing is asked for, one device each.</summary>
    private static int DeviceCount(DeviceOffer offer, int known)
    {
        if (offer.IsStated)
            return offer.StatedCount;
        return offer.IsVirtual ? known : offer.Gpus.Length;
    }

    private static int AutomaticData(CheckedProgram program, DeviceOffer offer)
    {
        if (offer.IsStated)
            return offer.StatedCount;
        return offer.IsVirtual ? 1 : BatchCut.LargestDegree(program, offer.Gpus.Length);
    }

    /// <summary>0 where the degree is left out, 1 where the axis is.</summary>
    private static long Written(long? degree) => degree ?? 1;

    /// <summary>Where <c>at</c> names the cuts, it says the degree too.</summary>
    private static long Pipeline(PipelineRequest? request) =>
        request is { Degree: 0 } ? StageCut.DegreeOfCuts(request) : Written(request?.Degree);
}
