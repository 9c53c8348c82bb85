using ParDsl.Runtime.Data;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Training;

/// <summary>
/// One rank's whole program, the same on all: updates, an evaluation after each epoch, and the test at the end. All ranks take
/// every decision from numbers that an all-reduce made equal, so they never part.
/// </summary>
internal sealed class TrainingLoop : IDisposable
{
    private readonly LoadedDataset data;
    private readonly RunLength length;
    private readonly LearningRateSchedule schedule;
    private readonly ActionInterpreter interpreter;
    private readonly BatchLoader? loader;
    private readonly MeasureTotals epoch;

    /// <summary>The updates from one comparison of the replicas to the next; 0: there is none.</summary>
    private readonly long compareEvery;

    /// <param name="probe">Null outside tests and comparisons.</param>
    public TrainingLoop(Rank rank, LoadedDataset data, RunLength length, IActionProbe? probe)
    {
        (Rank, this.data, this.length) = (rank, data, length);
        var training = rank.Plan.Program.Training;
        var epochLength = new EpochLength(length.StepsPerEpoch);
        schedule = new LearningRateSchedule(training, epochLength, length.TotalSteps);
        var every = rank.Plan.Program.Parallel.CheckReplicasEvery;
        compareEvery = every.Length == 0 ? 0 : epochLength.Steps(every);
        interpreter = new ActionInterpreter(rank, probe);
        epoch = new MeasureTotals(rank.Measures);
        var order = new SampleOrder(data.Training.Count, training.Seed, training.Shuffle);
        var request = new LoadRequest(
            data.Training, order, rank.Plan.Batch, rank.DataCoordinate, training.Precision, rank.Device)
        {
            EndStep = long.MaxValue,
        };
        loader = rank.Loads ? new BatchLoader(request) : null;
    }

    public Rank Rank { get; }

    /// <summary>The updates done.</summary>
    public long Step { get; private set; }

    /// <summary>The last update's mean loss; not a number before the first.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Whether the last run was ended by its cancellation.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>What the rank is doing, for the message where it fails.</summary>
    public string Activity => ActionWords.Of(interpreter.Current);

    /// <summary>Trains up to an update, evaluating after each epoch and at the end.</summary>
    /// <param name="journal">Rank 0's; null on the others.</param>
    /// <param name="cancellation">
    /// Rank 0's: all ranks stop after the update, or the evaluation's batch, that it was seen before.
    /// </param>
    public void Run(long lastStep, RunJournal? journal, CancellationToken cancellation)
    {
        WasStopped = false;
        while (Step < lastStep && !WasStopped)
        {
            Update(journal, cancellation);
            if (length.EndsEpoch(Step) && !WasStopped)
                EndEpoch(journal, cancellation);
        }

        if (!WasStopped)
            End(journal, cancellation);
        // No later loss would tell what the last update did to the weights, and they are about to be kept.
        if (!Rank.Flat.AreFinite())
            throw new RunFailedException(RunErrors.WeightsNotFinite(Step, schedule.Rate(Step)));
    }

    /// <summary>Trains a number of updates and nothing else.</summary>
    public void Advance(long count)
    {
        for (var last = Step + count; Step < last;)
        {
            Update(null, CancellationToken.None);
            if (length.EndsEpoch(Step))
                epoch.Clear();
        }
    }

    public void Dispose()
    {
        interpreter.Dispose();
        loader?.Dispose();
        Rank.Dispose();
    }

    private void Update(RunJournal? journal, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            Rank.Sums.AskToStop();
        var (step, rate) = (Step + 1, schedule.Rate(Step + 1));
        var sampleCount = length.BatchSize(step);
        interpreter.Run(Rank.Own.Update, new ActionContext(loader, IsTraining: true, step, rate, sampleCount));

        var sums = Rank.Sums.Take(out var mustStop);
        var means = Rank.Measures.Means(sums, sampleCount);
        if (!double.IsFinite(means.Loss))
            throw new RunFailedException(RunErrors.LossNotFinite(step, rate, means.Loss));
        (Step, Loss, WasStopped) = (step, means.Loss, mustStop);
        epoch.Add(sums, sampleCount);
        if (compareEvery > 0 && step % compareEvery == 0)
            interpreter.Run(Rank.Own.Compare, new ActionContext(loader, IsTraining: true, step, rate, sampleCount));
        journal?.StepDone(step, Rank.Scale is { } scale ? means.With(scale) : means, rate, sampleCount);
    }

    /// <summary>An epoch whose evaluation was stopped is not reported: its means are those of a part.</summary>
    private void EndEpoch(RunJournal? journal, CancellationToken cancellation)
    {
        var validation = Evaluate(data.Validation, cancellation);
        if (WasStopped)
            return;
        journal?.EpochDone(Step, epoch.Means(), validation);
        epoch.Clear();
    }

    private void End(RunJournal? journal, CancellationToken cancellation)
    {
        if (epoch.SampleCount > 0)
            EndEpoch(journal, cancellation);
        if (!WasStopped && Evaluate(data.Test, cancellation) is { } means)
            journal?.Tested(means);
    }

    /// <summary>Null where the data has no such part, and where the evaluation was stopped.</summary>
    private MeasuredMeans? Evaluate(DatasetPart? part, CancellationToken cancellation)
    {
        if (part is not { Count: > 0 })
            return null;
        var means = new Evaluation(Rank, interpreter, cancellation).Run(part);
        WasStopped = means is null;
        return means is null || double.IsFinite(means.Loss)
            ? means
            : throw new RunFailedException(RunErrors.EvaluationNotFinite(Step, schedule.Rate(Step), means.Loss));
    }
}
