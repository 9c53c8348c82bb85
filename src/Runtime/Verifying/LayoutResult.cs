using System.Collections.Immutable;

namespace ParDsl.Runtime.Verifying;

/// <summary>One layout beside one device that ran the same micro-batches one after the other.</summary>
/// <param name="Gradients">Before each update; clipped where the spec clips.</param>
/// <param name="Weights">After the last update, batch norm's running statistics included.</param>
/// <param name="WithoutGradient">
/// Parameters whose gradient is zero but for rounding: their weights may differ by as much as the optimizer makes of that.
/// </param>
/// <param name="PlannedBytes">What the plan says that all ranks move in an update.</param>
/// <param name="MovedBytes">What they have counted in the first one.</param>
public sealed record LayoutResult(
    Difference Losses,
    Difference Gradients,
    Difference Weights,
    double Tolerance,
    ImmutableSortedSet<string> WithoutGradient,
    long PlannedBytes,
    long MovedBytes)
{
    /// <summary>Parameters of which this is true in some elements only, and in how many.</summary>
    public ImmutableSortedDictionary<string, long> PartlyWithoutGradient { get; init; } =
        ImmutableSortedDictionary<string, long>.Empty;

    public bool Passes => Losses.Relative <= Tolerance && Gradients.Relative <= Tolerance && Weights.Relative <= Tolerance;
}
