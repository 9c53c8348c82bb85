using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>One pass over the training samples. Each dictionary holds <c>loss</c> and the spec's metrics by name.</summary>
/// <param name="Validation">Empty where nothing is kept back for validation.</param>
public sealed record EpochReport(
    long Epoch,
    long Step,
    double Seconds,
    double SamplesPerSecond,
    ImmutableSortedDictionary<string, double> Train,
    ImmutableSortedDictionary<string, double> Validation);
