using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Optimization;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training.Saving;

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
    private readonly IBatchLoader? loader;
    private readonly MeasureTotals epoch;

    /// <summary>The update that the last evaluation came after.</summary>
    private long evaluatedStep;

    /// <summary>The updates from one comparison of the replicas to the next; 0: there is none.</summary>
    private readonly long compareEvery;

    /// <param name="probe">Null outside tests and comparisons.</param>
    /// <param name="start">What an earlier process of the run left off with; null where the run begins.</param>
    public TrainingLoop(Rank rank, LoadedDataset data, RunLength length, IActionProbe? probe, TrainingState? start)
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
            Ahead = rank.LoadsAhead,
            FirstStep = start?.Step ?? 0,
            EndStep = long.MaxValue,
        };
        if (start is not null)
            Restore(start);
        loader = rank.Loads ? IBatchLoader.Open(request) : null;
    }

    public Rank Rank { get; }

    /// <summary>The updates done.</summary>
    public long Step { get; private set; }

    /// <summary>The last update's mean loss; not a number before the first.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>Whether the last run was ended by its cancellation.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>Whether it came back because a rank asked for a pause.</summary>
    public bool MustPause { get; private set; }

    /// <summary>Whether it came to the last step, and through what follows that.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The last evaluation's means, where it was after the last update; else null.</summary>
    public MeasuredMeans? LatestValidation => IsEvaluated ? Validation : null;

    /// <summary>What the rank is doing; any thread may ask.</summary>
    public RankActivity Activity => new(ActionWords.Of(interpreter.Current), Rank.Progress.Pulse);

    /// <summary>Trains up to an update, evaluating after each epoch and at the end, and comes back for a pause too.</summary>
    /// <param name="pauseAfter">At most the last step.</param>
    /// <param name="journal">Rank 0's; null on the others.</param>
    /// <param name="signals">
    /// Rank 0's: all ranks stop, or pause, after the update, or the evaluation's batch, that it was seen before.
    /// </param>
    public void Run(long pauseAfter, long lastStep, RunJournal? journal, RunSignals signals)
    {
        WasStopped = MustPause = false;
        // Where an interruption came between an epoch's last update and its report.
        if (!IsEvaluated && length.EndsEpoch(Step))
            EndEpoch(journal, signals.Cancellation);
        while (Step < pauseAfter && !WasStopped && !MustPause)
        {
            Update(journal, signals);
            if (length.EndsEpoch(Step) && !WasStopped)
                EndEpoch(journal, signals.Cancellation);
        }

        if (Step >= lastStep && !WasStopped)
            End(journal, signals.Cancellation);
        // No later loss would tell what the last update did to the weights, and they are about to be kept.
        if (!Rank.Flat.AreFinite())
            throw RunErrors.Spoiled(RunErrors.WeightsNotFinite(Step, schedule.Rate(Step)));
    }

    /// <summary>Trains a number of updates and nothing else.</summary>
    public void Advance(long count)
    {
        for (var last = Step + count; Step < last;)
        {
            Update(null, RunSignals.None);
            if (!length.EndsEpoch(Step))
                continue;
            epoch.Clear();
            evaluatedStep = Step;
        }
    }

    /// <summary>The numbers beside the tensors that the run goes on with; the same on every rank.</summary>
    public TrainingState AddProgress(TrainingState state) => state with
    {
        EpochTotals = epoch.State,
        IsEvaluated = IsEvaluated,
        IsFinished = IsFinished,
    };

    public void Dispose()
    {
        interpreter.Dispose();
        loader?.Dispose();
        Rank.Dispose();
    }

    private bool IsEvaluated => evaluatedStep == Step;

    private MeasuredMeans? Validation { get; set; }

    private void Restore(TrainingState start)
    {
        Step = start.Step;
        evaluatedStep = start.IsEvaluated ? start.Step : -1;
        IsFinished = start.IsFinished;
        epoch.Restore(start.EpochTotals);
    }

    private void Update(RunJournal? journal, RunSignals signals)
    {
        if (signals.Cancellation.IsCancellationRequested)
            Rank.Sums.AskToStop();
        if (signals.WantsCheckpoint())
            Rank.Sums.AskToPause();
        var (step, rate) = (Step + 1, schedule.Rate(Step + 1));
        var sampleCount = length.BatchSize(step);
        MeasuredMeans means;
        using (Rank.Progress.AtWork())
            means = Compute(step, rate, sampleCount);
        Rank.Progress.Updated();
        journal?.StepDone(step, Rank.Scale is { } scale ? means.With(scale) : means, rate, sampleCount);
    }

    private MeasuredMeans Compute(long step, double rate, int sampleCount)
    {
        var context = new ActionContext(loader, IsTraining: true, step, rate, sampleCount);
        interpreter.Run(Rank.Own.Update, context);
        var sums = Rank.Sums.Take(out var mustStop);
        var means = Rank.Measures.Means(sums, sampleCount);
        if (!double.IsFinite(means.Loss))
            throw RunErrors.Spoiled(RunErrors.LossNotFinite(step, rate, means.Loss));
        (Step, Loss, WasStopped, MustPause, IsFinished) = (step, means.Loss, mustStop, Rank.Sums.MustPause, false);
        epoch.Add(sums, sampleCount);
        if (compareEvery > 0 && step % compareEvery == 0)
            interpreter.Run(Rank.Own.Compare, context);
        return means;
    }

    /// <summary>
    /// An epoch whose evaluation was stopped is not reported: its means are those of a part. A run that ends within an epoch
    /// reports what there is, and goes on with its sums where it is made longer.
    /// </summary>
    private void EndEpoch(RunJournal? journal, CancellationToken cancellation)
    {
        var validation = Evaluate(data.Validation, cancellation);
        if (WasStopped)
            return;
        (Validation, evaluatedStep) = (validation, Step);
        journal?.EpochDone(Step, epoch.Means(), validation);
        if (length.EndsEpoch(Step))
            epoch.Clear();
    }

    private void End(RunJournal? journal, CancellationToken cancellation)
    {
        if (!IsEvaluated)
            EndEpoch(journal, cancellation);
        if (!WasStopped && Evaluate(data.Test, cancellation) is { } means)
            journal?.Tested(means);
        IsFinished = !WasStopped;
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
            : throw RunErrors.Spoiled(RunErrors.EvaluationNotFinite(Step, schedule.Rate(Step), means.Loss));
    }
}
