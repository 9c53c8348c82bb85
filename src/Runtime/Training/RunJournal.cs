using System.Collections.Immutable;

namespace ParDsl.Runtime.Training;

/// <summary>What rank 0 tells of a run: to the observer as it goes, and as the report at its end.</summary>
/// <param name="completedSteps">The updates of the run before this process.</param>
/// <param name="clock">The system's, but for tests.</param>
internal sealed class RunJournal(ITrainingObserver observer, RunLength length, long completedSteps, TimeProvider clock)
{
    private static readonly ImmutableSortedDictionary<string, double> Nothing = ImmutableSortedDictionary<string, double>.Empty;

    private readonly ImmutableArray<EpochReport>.Builder epochs = ImmutableArray.CreateBuilder<EpochReport>();
    private readonly long start = clock.GetTimestamp();
    private readonly Throughput run = new(clock);
    private Throughput epoch = new(clock);
    private long epochStart = clock.GetTimestamp();
    private ImmutableSortedDictionary<string, double> test = Nothing;

    public void StepDone(long step, MeasuredMeans means, double learningRate, int sampleCount)
    {
        run.Add(sampleCount);
        epoch.Add(sampleCount);
        observer.StepDone(new StepReport(step, length.Epoch(step), means.Loss, learningRate, run.Smoothed, means.Metrics));
    }

    /// <param name="validation">Null where nothing is kept back.</param>
    public void EpochDone(long step, MeasuredMeans train, MeasuredMeans? validation)
    {
        var seconds = clock.GetElapsedTime(epochStart).TotalSeconds;
        var report = new EpochReport(
            length.Epoch(step), step, seconds, epoch.Mean, train.Named, validation?.Named ?? Nothing);
        epochs.Add(report);
        observer.EpochDone(report);
        epoch = new Throughput(clock);
        epochStart = clock.GetTimestamp();
        run.Resume();
    }

    public TimeSpan LongestUpdate => run.Longest;

    /// <summary>The ranks paused for a checkpoint: that time is no training, of the run or of its epoch.</summary>
    public void Resume()
    {
        run.Resume();
        epoch.Resume();
    }

    public void Tested(MeasuredMeans means) => test = means.Named;

    public TrainingReport Report(long step, string? directory, bool wasInterrupted) => new(
        step,
        epochs.Count > 0 ? epochs[^1].Epoch : completedSteps / length.StepsPerEpoch,
        clock.GetElapsedTime(start).TotalSeconds,
        run.Mean,
        epochs.Count > 0 ? epochs[^1].Train : Nothing,
        epochs.Count > 0 ? epochs[^1].Validation : Nothing,
        test,
        epochs.ToImmutable(),
        directory,
        wasInterrupted);
}
