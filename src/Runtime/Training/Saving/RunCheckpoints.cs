using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>
/// The checkpoints of one run. The state is copied between two updates, and a thread writes the copy while training goes on.
/// All processes of a job decide alike, and each writes its part or brings it to the first one, which alone has the folder.
/// </summary>
internal sealed class RunCheckpoints : IDisposable
{
    private readonly string? directory;
    private readonly ICheckpointSaver? saver;
    private readonly CheckpointSchedule schedule;
    private readonly CheckpointKeeper? keeper;
    private readonly BackgroundWriter writer;
    private readonly BestSoFar best;
    private readonly TimeLimit? timeLimit;
    private volatile string? lastWhole;
    private long lastClock = Stopwatch.GetTimestamp();

    /// <summary>
    /// The update that an earlier process ended after without its epoch's evaluation, until that is made up for: it may turn out
    /// the best one. Null where there is none.
    /// </summary>
    private long? owed;

    private (long Step, bool IsEvaluated, bool IsFinished)? last;

    /// <param name="saver">Null where nothing is kept.</param>
    public RunCheckpoints(
        ICheckpointSaver? saver,
        RunOptions options,
        Compiler.Checked.CheckpointRequest request,
        RunLength length,
        TimeLimit? timeLimit)
    {
        var resumed = options.Resume;
        (directory, this.saver) = (options.Directory, saver);
        schedule = new CheckpointSchedule(request, length);
        keeper = directory is null ? null : new CheckpointKeeper(directory, request.Keep, resumed?.Damaged ?? []);
        writer = new BackgroundWriter(Write);
        best = new BestSoFar(request.Best);
        best.Restore(resumed?.Checkpoint.State.Best);
        lastWhole = resumed?.Checkpoint.Path;
        owed = request.Best.Length > 0 && resumed?.Checkpoint.State is { IsEvaluated: false } state && length.EndsEpoch(state.Step)
            ? state.Step
            : null;
        this.timeLimit = timeLimit;
    }

    /// <summary>
    /// Asked before each update, of the process's first rank: whether a write that failed, or in the first process the clock,
    /// wants all ranks to pause.
    /// </summary>
    public bool WantsPause() => writer.HasFailed || (directory is not null && IsTime());

    /// <summary>The update that the ranks come together after: at once where only an evaluation is to be made up for.</summary>
    public long NextPause(long step, long lastStep) =>
        saver is null ? lastStep : owed == step ? step : schedule.NextPause(step, lastStep);

    /// <summary>Starts to write a checkpoint, if one is due where the ranks have paused.</summary>
    /// <param name="validation">Of the epoch that ended here; empty where none did, or nothing is kept back.</param>
    /// <param name="copyState">Copies the ranks' state to the CPU.</param>
    /// <exception cref="RunFailedException">An earlier write failed.</exception>
    public void Paused(
        long step, bool isAsked, ImmutableSortedDictionary<string, double> validation, Func<TrainingState> copyState)
    {
        if (saver is null)
            return;
        if (writer.HasFailed)
            writer.Wait();
        owed = null;
        var improves = best.Improves(step, validation);
        if (improves || isAsked || schedule.IsDue(step))
            Begin(saver, copyState);
    }

    /// <summary>Writes the state where the run ended, unless it stands there already.</summary>
    /// <exception cref="RunFailedException">This write, or an earlier one, failed.</exception>
    public void End(long step, ImmutableSortedDictionary<string, double> validation, Func<TrainingState> copyState)
    {
        if (saver is null)
            return;
        if (writer.HasFailed)
            writer.Wait();
        best.Improves(step, validation);
        Begin(saver, copyState);
        writer.Wait();
    }

    /// <summary>Whether this process knows which checkpoints are whole: of a job, the first one.</summary>
    public bool AreKeptHere => saver is not null && directory is not null;

    /// <summary>The last whole checkpoint's name, <c>step-20</c>, once what is under way is written; null where there is none.</summary>
    public string? LastName()
    {
        writer.Settle();
        return lastWhole is { } path ? Path.GetFileName(Path.TrimEndingDirectorySeparator(path)) : null;
    }

    public void Dispose() => writer.Dispose();

    private bool IsTime() => schedule.Interval is { } interval && Stopwatch.GetElapsedTime(lastClock) >= interval;

    private void Begin(ICheckpointSaver own, Func<TrainingState> copyState)
    {
        lastClock = Stopwatch.GetTimestamp();
        if (!own.NeedsState)
            return;
        var state = copyState();
        var mark = (state.Step, state.IsEvaluated, state.IsFinished);
        if (last == mark)
        {
            state.DisposeTensors();
            return;
        }

        last = mark;
        writer.Start(state with { Best = best.State });
    }

    private void Write(TrainingState state)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (saver!.Write(state) is not { } written)
                return;
            lastWhole = written;
        }
        catch (RunFailedException failure) when (failure.InnerException is { } trouble && directory is not null)
        {
            throw CheckpointErrors.CannotWrite(CheckpointFolder.Of(directory, state.Step), trouble, lastWhole);
        }

        keeper!.Keep(state.Step, state.Best?.Step);
        timeLimit?.Wrote(Stopwatch.GetElapsedTime(start));
    }
}
