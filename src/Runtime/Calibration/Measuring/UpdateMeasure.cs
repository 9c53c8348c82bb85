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

    /// <summary>What a network has of its weight's size: its weight, its gradient, Adam's two states, and what a pass makes.</summary>
    private const int TensorsOfNetwork = 6;

    /// <summary>
    /// Of the calls that a prediction counts around an update those within its action: the optimizer's, its count's, and what sets
    /// gradients to zero. Each counts half, since none has a node of autograd.
    /// </summary>
    private const double CallsOfStep = 1.5;

    /// <param name="callSeconds">What a call costs while all ranks work.</param>
    public static RateCurve Of(ReferenceBench bench, double callSeconds)
    {
        var measured = bench.WithoutTurns();
        return new RateCurve(
        [
            .. bench.Fitting(Widths, width => (long)width * width, TensorsOfNetwork)
                .Select(width => WorkRate.Of(
                    (double)BytesOfElement * width * width,
                    measured.SecondsOf<PlanAction.Step>(measured.Specs.Update(width)),
                    CallsOfStep * callSeconds * bench.Turn)),
        ]).Times(bench.Turn);
    }
}
