using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>One update. Steps and epochs count from 1.</summary>
/// <param name="Loss">The mean over the global batch.</param>
/// <param name="Metrics">The global batch's metrics by name.</param>
public sealed record StepReport(
    long Step,
    long Epoch,
    double Loss,
    double LearningRate,
    double SamplesPerSecond,
    ImmutableSortedDictionary<string, double> Metrics);
