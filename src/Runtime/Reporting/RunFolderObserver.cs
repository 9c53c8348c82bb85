using System.Collections.Immutable;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Feeds metrics.jsonl and TensorBoard's events. Runs of up to 1,000 updates log each one, longer runs each tenth, the first
/// one, and those that end an epoch or the run, so that writing never slows a run that is long and quick.
/// </summary>
/// <remarks>A step's line waits for the next call, since only that tells whether the step ended its epoch.</remarks>
public sealed class RunFolderObserver : ITrainingObserver
{
    private const long EveryStepUpTo = 1000;
    private const long LongRunInterval = 10;

    private readonly WholeRecordFile metrics;
    private readonly TensorBoardWriter events;
    private long interval = 1;
    private StepReport? waiting;
    private LoggedUpdate? logged;

    /// <param name="logged">The last line of an earlier process; null where there is none.</param>
    internal RunFolderObserver(WholeRecordFile metrics, TensorBoardWriter events, LoggedUpdate? logged)
    {
        this.metrics = metrics;
        this.events = events;
        this.logged = logged;
    }

    public void Started(RunStart start) => interval = start.TotalSteps <= EveryStepUpTo ? 1 : LongRunInterval;

    public void StepDone(StepReport step)
    {
        if (waiting is { } last && IsLogged(last))
            Write(last, null);
        waiting = step;
    }

    /// <summary>A run that goes on from the checkpoint finds the line of its last step.</summary>
    public void CheckpointBegins(long step)
    {
        if (waiting is not { } last || !IsLogged(last))
            return;
        Write(last, null);
        waiting = null;
    }

    public void EpochDone(EpochReport epoch)
    {
        if (waiting is { } last)
            Write(last, epoch);
        else
            WriteLate(epoch);
        waiting = null;
    }

    public void Finished(TrainingReport report) => Flush();

    /// <summary>Writes what still waits: the last good step of a run that failed, too.</summary>
    internal void Flush()
    {
        if (waiting is { } last)
            Write(last, null);
        waiting = null;
    }

    private bool IsLogged(StepReport step) => step.Step == 1 || step.Step % interval == 0;

    private void Write(StepReport step, EpochReport? epoch)
    {
        metrics.Append(MetricsLine.Of(step, epoch));
        events.Write(DateTimeOffset.UtcNow, step.Step, Scalars(step));
        if (epoch is not null)
            WriteEvents(epoch);
        logged = new LoggedUpdate(step.Step, epoch is not null);
    }

    /// <summary>
    /// An epoch whose last update was in an earlier process, which did not come to the evaluation, or not to the checkpoint behind
    /// it: then the results are there.
    /// </summary>
    private void WriteLate(EpochReport epoch)
    {
        if (logged is { } last && last.Step == epoch.Step && last.HasResults)
            return;
        if (logged?.Step == epoch.Step)
            metrics.Extend(MetricsLine.End, MetricsLine.Results(epoch));
        else
            metrics.Append(MetricsLine.Of(epoch));
        WriteEvents(epoch);
        logged = new LoggedUpdate(epoch.Step, HasResults: true);
    }

    private void WriteEvents(EpochReport epoch) => events.Write(
        DateTimeOffset.UtcNow, epoch.Step, [.. Scalars("train", epoch.Train), .. Scalars("validation", epoch.Validation)]);

    private static ImmutableArray<KeyValuePair<string, double>> Scalars(StepReport step) =>
    [
        new("step/loss", step.Loss),
        new("step/learning_rate", step.LearningRate),
        new("step/samples_per_second", step.SamplesPerSecond),
        .. Scalars("step", step.Metrics),
    ];

    private static IEnumerable<KeyValuePair<string, double>> Scalars(
        string group, ImmutableSortedDictionary<string, double> values) =>
        values.Select(value => KeyValuePair.Create($"{group}/{value.Key}", value.Value));
}
