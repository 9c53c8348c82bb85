using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>
/// A run at its end. <c>Train</c> and <c>Validation</c> are the last epoch's; <c>Test</c> is empty without a test part.
/// </summary>
/// <param name="Seconds">All that passed, with evaluations and the pauses for checkpoints.</param>
/// <param name="SamplesPerSecond">While training: over the time of its updates.</param>
/// <param name="WasInterrupted">Whether it was cancelled before its last step.</param>
public sealed record TrainingReport(
    long Steps,
    long Epochs,
    double Seconds,
    double SamplesPerSecond,
    ImmutableSortedDictionary<string, double> Train,
    ImmutableSortedDictionary<string, double> Validation,
    ImmutableSortedDictionary<string, double> Test,
    ImmutableArray<EpochReport> EpochReports,
    string? Directory,
    bool WasInterrupted)
{
    /// <summary>Whether it was the time limit that ended it before its last step.</summary>
    public bool RanOutOfTime { get; init; }

    /// <summary>Whether an earlier process had come to the end already.</summary>
    public bool HadEnded { get; init; }
}
