using System.Collections.Immutable;
using ParDsl.Runtime.Optimization;

namespace ParDsl.Runtime.Training;

/// <summary>The loss and the metrics by name, as means over samples.</summary>
internal sealed record MeasuredMeans(double Loss, ImmutableSortedDictionary<string, double> Metrics)
{
    /// <summary>The loss among the metrics, under its own name.</summary>
    public ImmutableSortedDictionary<string, double> Named => Metrics.Add(MeasureSet.LossName, Loss);

    /// <summary>With the loss's scale for the next step, and how many steps were skipped so far, among the metrics.</summary>
    public MeasuredMeans With(LossScale scale) => this with
    {
        Metrics = Metrics.Add("loss_scale", scale.Value).Add("skipped_steps", scale.SkippedSteps),
    };
}
