using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>The loss and the metrics by name, as means over samples.</summary>
internal sealed record MeasuredMeans(double Loss, ImmutableSortedDictionary<string, double> Metrics)
{
    /// <summary>The loss among the metrics, under its own name.</summary>
    public ImmutableSortedDictionary<string, double> Named => Metrics.Add(MeasureSet.LossName, Loss);
}
