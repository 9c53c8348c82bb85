using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The degrees of the parallel block's axes: those that are written or that the cuts make, 1 for an axis that is not named,
/// and for the one whose degree is left out what is left of the devices; of replicas, as many as share the batch evenly.
/// </summary>
internal static class DegreeChoice
{
    public static (Degrees? Degrees, Diagnostic? Mistake) Choose(CheckedProgram program, DeviceOffer offer)
    {
        var request = program.Parallel;
        if (request.IsAuto)
            return (new Degrees(AutomaticData(program, offer), 1, 1), null);
        var axes = Axes(request);
        var open = Open(axes);
        var written = axes.Where(axis => axis.Degree > 0).ToArray();
        var product = written.Aggregate((Int128)1, (product, axis) => product * axis.Degree);
        var maximum = VirtualDevices.MaximumCount * offer.Machines.Length;
        if (product > maximum)
            return (null, PlanErrors.TooManyRanks(
                request.Span, [.. written.Select(axis => (axis.Name, axis.Degree))], maximum, offer.Machines.Length));
        return open.Length == 0 ? (Of(axes, 1), null) : Fill(program, axes, (int)product, offer);
    }

    /// <summary>
    /// Whether there is a choice that only predicted times can make: several degrees are left out, or one on cores, where nobody
    /// says how many ranks share them.
    /// </summary>
    public static bool IsOpen(ParallelRequest request, DeviceOffer offer) => request.IsAuto || Open(Axes(request)).Length switch
    {
        0 => false,
        1 => offer is { IsVirtual: true, IsStated: false, Capacity: 0 },
        _ => true,
    };

    /// <summary>The block where the first of the degrees that are left out takes what is left, and the others are 1.</summary>
    public static ParallelRequest Simplest(ParallelRequest request) => Open(Axes(request)).Skip(1).Aggregate(
        request,
        (closed, axis) => axis.Name == "pipeline"
            ? closed with { Pipeline = closed.Pipeline! with { Degree = 1 } }
            : closed with { Tensor = closed.Tensor! with { Degree = 1 } });

    /// <summary>A block that leaves the degree of each axis out, where none is written.</summary>
    public static ParallelRequest AllOpen(ParallelRequest request) => request.IsAuto
        ? request with
        {
            IsAuto = false,
            Data = new DataRequest(0, BucketBytes: 0, ShardLevel.None, request.Span, request.Span),
            Pipeline = new PipelineRequest(0, MicroBatches: 0, ScheduleKind.OneForwardOneBackward, Chunks: 1, [], request.Span),
            Tensor = new TensorRequest(0, DividesSequence: false, request.Span),
        }
        : request;

    /// <summary>
    /// What is left may be all there are; on CPUs where nothing is asked for, the fewest ranks that the machines share evenly.
    /// </summary>
    private static (Degrees? Degrees, Diagnostic? Mistake) Fill(CheckedProgram program, Axis[] axes, int known, DeviceOffer offer)
    {
        var (open, span) = (Open(axes), program.Parallel.Span);
        var devices = offer.IsStated ? offer.StatedCount : offer.Capacity == 0 ? offer.FewestShared(known) : offer.Capacity;
        if (open.Length > 1 && devices != known)
            return (null, PlanErrors.TwoDegreesLeftOut(open[1].Span, open[0].Name, open[1].Name));
        if (open[0].Name == "data" && !offer.IsStated && Replicas(program, axes, devices / known, offer) is { } shared)
            return (shared, null);
        return devices % known == 0
            ? (Of(axes, devices / known), null)
            : (null, PlanErrors.DevicesDoNotDivide(span, devices, known, open[0].Name));
    }

    /// <summary>The most replicas that share the batch evenly; null where none do.</summary>
    private static Degrees? Replicas(CheckedProgram program, Axis[] axes, int most, DeviceOffer offer) => Enumerable
        .Range(1, most)
        .Reverse()
        .Select(degree => Of(axes, degree))
        .FirstOrDefault(degrees => BatchCut.Mistake(program, degrees) is null && MachineShares.Of(offer, degrees.WorldSize) is not null);

    private static Axis[] Open(Axis[] axes) => [.. axes.Where(axis => axis.Degree == 0)];

    private static Degrees Of(Axis[] axes, int open)
    {
        return new Degrees(Degree(0), Degree(1), Degree(2));

        int Degree(int axis) => axes[axis].Degree == 0 ? open : (int)axes[axis].Degree;
    }

    /// <summary>0 where a degree is left out, 1 where the axis is.</summary>
    private static Axis[] Axes(ParallelRequest request) =>
    [
        new("data", request.Data?.Degree ?? 1, request.Data?.Span ?? request.Span),
        new("pipeline", Pipeline(request.Pipeline), request.Pipeline?.Span ?? request.Span),
        new("tensor", request.Tensor?.Degree ?? 1, request.Tensor?.Span ?? request.Span),
    ];

    private static int AutomaticData(CheckedProgram program, DeviceOffer offer)
    {
        if (offer.IsStated)
            return offer.StatedCount;
        if (offer.Capacity == 0)
            return offer.FewestShared(1);
        var largest = BatchCut.LargestDegree(program, offer.Capacity);
        for (var degree = largest; degree > 1; degree = BatchCut.LargestDegree(program, degree - 1))
        {
            if (MachineShares.Of(offer, degree) is not null)
                return degree;
        }

        return largest;
    }

    /// <summary>Where <c>at</c> names the cuts, it says the degree too.</summary>
    private static long Pipeline(PipelineRequest? request) =>
        request is { Degree: 0 } ? StageCut.DegreeOfCuts(request) : request?.Degree ?? 1;

    private sealed record Axis(string Name, long Degree, SourceSpan Span);
}
