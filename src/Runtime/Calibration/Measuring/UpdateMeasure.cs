using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// The optimizer's step by the bytes that it touches, from what a core's cache holds to what none does: each update finds weights
/// and states where the one before left them, so those of a small network stay in a cache.
/// </summary>
internal static class UpdateMeasure
{
    /// <summary>Of an element: Adam reads and writes its weight and two states, reads its gradient and sets it to zero.</summary>
    private const int BytesOfElement = 8 * sizeof(float);

    /// <summary>Of a linear layer: 32 KiB to 128 MiB in all.</summary>
    private static readonly ImmutableArray<int> Widths = [32, 128, 256, 512, 1024, 2048];

    public static RateCurve Of(ReferenceBench bench) => new(
    [
        .. bench.Fitting(Widths, width => (long)width * width)
            .Select(width => (Bytes: (double)BytesOfElement * width * width, Spec: bench.Specs.Update(width)))
            .Select(size => new RatePoint(size.Bytes, size.Bytes / bench.SecondsOf<PlanAction.Step>(size.Spec))),
    ]);
}
