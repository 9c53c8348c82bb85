using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>One pass over the training samples. Each dictionary holds <c>loss</c> and the spec's metrics by name.</summary>
/// <param name="Seconds">All that passed, with the evaluation at its end and the pauses for checkpoints.</param>
/// <param name="SamplesPerSecond">While training: over the time of its updates.</param>
/// <param name="Validation">Empty where nothing is kept back for validation.</param>
public sealed record EpochReport(
    long Epoch,
    long Step,
    double Seconds,
    double SamplesPerSecond,
    ImmutableSortedDictionary<string, double> Train,
    ImmutableSortedDictionary<string, double> Validation);
