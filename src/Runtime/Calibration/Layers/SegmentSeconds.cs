using System.Collections.Immutable;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>How long a rank's segments took, one after the other.</summary>
internal sealed record SegmentSeconds(ImmutableArray<double> Forward, ImmutableArray<double> Backward)
{
    public double Total => Forward.Sum() + Backward.Sum();

    public static SegmentSeconds Mean(ImmutableArray<SegmentSeconds> alike) =>
        new(Mean(alike, each => each.Forward), Mean(alike, each => each.Backward));

    private static ImmutableArray<double> Mean(ImmutableArray<SegmentSeconds> alike, Func<SegmentSeconds, ImmutableArray<double>> pass) =>
        [.. pass(alike[0]).Select((_, segment) => alike.Average(each => pass(each)[segment]))];
}
