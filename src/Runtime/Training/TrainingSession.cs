using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;
using ParDsl.Runtime.Training.Saving;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// A plan at work: its ranks stand ready with model, optimizer and data, to be run to the end or step by step. One thread at a
/// time may use it. After a failure every call fails with the same words. Where the ranks live in several processes, each has a
/// session of the plan, and all make the same calls.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly RunOptions options;
    private readonly IEngine engine;
    private readonly LoadedDataset data;
    private readonly RunLength length;
    private readonly World<TrainingLoop> world;
    private readonly PieceOwners owners;
    private readonly ICheckpointSaver? saver;

    /// <param name="initialWeights">Null where a run begins from first values, or goes on.</param>
    /// <param name="start">A checkpoint's state; null where the run begins.</param>
    internal TrainingSession(
        ExecutionPlan plan,
        RunOptions options,
        IEngine engine,
        LoadedDataset data,
        StoredTensors? initialWeights,
        StoredState? start)
    {
        (Plan, this.options, this.engine, this.data) = (plan, options, engine, data);
        length = RunLength.Of(plan.Program.Training, data.Training.Count);
        CompletedSteps = start?.Numbers.Step ?? 0;
        HasEnded = start is not null && HasEndedAt(start.Numbers, length.LimitedTo(options.MaximumSteps));
        owners = new PieceOwners(plan);
        saver = CheckpointSavers.Create(plan, options, engine, owners);
        world = new World<TrainingLoop>(plan, engine, loop => loop?.Activity ?? RankActivity.Preparation);
        try
        {
            Guarded(() => world.Start(number => CreateLoop(number, initialWeights, start)));
        }
        catch
        {
            world.Dispose();
            throw;
        }
    }

    public ExecutionPlan Plan { get; }

    /// <summary>The updates done so far.</summary>
    public long CompletedSteps { get; private set; }

    /// <summary>Whether an earlier process came to the end of the spec, or past it: then there is nothing to run.</summary>
    public bool HasEnded { get; }

    /// <summary>The last update's loss, the mean over its global batch; not a number before the first.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>
    /// Trains to the end of the spec or of the options' steps, evaluating after each epoch. Where the options name a directory,
    /// checkpoints are written as the spec asks, and at the end, after a cancellation too.
    /// </summary>
    /// <param name="observer">Called from the thread of this process's first rank.</param>
    /// <exception cref="RunFailedException">A rank failed, or the loss is no number any more.</exception>
    public TrainingReport Run(ITrainingObserver observer, CancellationToken cancellation)
    {
        var lastStep = length.LimitedTo(options.MaximumSteps);
        observer.Started(Start(lastStep));
        var journal = new RunJournal(observer, length, CompletedSteps, TimeProvider.System);
        using var timeLimit = options.TimeLeft is { } left ? new TimeLimit(left, () => journal.LongestUpdate, cancellation) : null;
        using var checkpoints = new RunCheckpoints(saver, options, Plan.Program.Training.Checkpoint, length, timeLimit);
        var signals = new RunSignals(checkpoints.WantsPause, timeLimit?.Token ?? cancellation);
        var wasStopped = !HasEnded && RunToTheEnd(lastStep, observer, journal, checkpoints, signals);
        var report = journal.Report(CompletedSteps, options.Directory, wasStopped) with
        {
            RanOutOfTime = wasStopped && timeLimit is { IsOver: true },
            HadEnded = HasEnded,
        };
        observer.Finished(report);
        return report;
    }

    /// <summary>In rounds: up to where the ranks pause, a checkpoint there, and on.</summary>
    /// <returns>Whether it was stopped before its last step.</returns>
    private bool RunToTheEnd(
        long lastStep, ITrainingObserver observer, RunJournal journal, RunCheckpoints checkpoints, RunSignals signals)
    {
        while (true)
        {
            var pauseAfter = checkpoints.NextPause(CompletedSteps, lastStep);
            var pause = new Pause();
            RunUpTo(checkpoints, loop =>
            {
                var isFirst = loop.Rank.Own.Rank == world.LocalRanks[0];
                loop.Run(pauseAfter, lastStep, isFirst ? journal : null, isFirst ? signals : RunSignals.None);
                if (isFirst)
                    pause = Pause.Of(loop);
            });
            if (pause.WasStopped || CompletedSteps >= lastStep)
            {
                checkpoints.End(CompletedSteps, pause.Validation, () => CopyState(observer));
                return pause.WasStopped;
            }

            checkpoints.Paused(CompletedSteps, pause.MustPause, pause.Validation, () => CopyState(observer));
            journal.Resume();
        }
    }

    /// <summary>What ends the run for good says what is left to go on from.</summary>
    private void RunUpTo(RunCheckpoints checkpoints, Action<TrainingLoop> program)
    {
        try
        {
            Run(program);
        }
        catch (RunFailedException failure) when (failure.IsStateSpoiled && checkpoints.AreKeptHere)
        {
            throw new RunFailedException(RunErrors.WithCheckpoint(failure.Diagnostic, checkpoints.LastName()), failure);
        }
    }

    /// <summary>Trains this many more updates, without evaluating, and past the spec's last one where there are so many.</summary>
    /// <exception cref="RunFailedException">
    /// A rank failed, the loss is no number any more, or a batch norm would have a single sample: then nothing was trained.
    /// </exception>
    public void Step(long count)
    {
        BatchNormGuard.Check(Plan, length.SampleCount, CompletedSteps + count);
        Run(loop => loop.Advance(count));
    }

    /// <summary>
    /// A copy of a replica's parameters and buffers by PyTorch's names, on the CPU. They are the caller's to dispose.
    /// </summary>
    /// <param name="replica">The data coordinate: 0 for a layout without replicas.</param>
    public ImmutableSortedDictionary<string, Tensor> CopyModel(int replica)
    {
        var copy = ImmutableSortedDictionary<string, Tensor>.Empty;
        Guarded(() => copy = Assembly.Parameters(replica, RankStates.Values).AddRange(Assembly.Buffers(replica)));
        return copy;
    }

    /// <summary>The bytes that each rank has really moved so far, to and from others.</summary>
    public ImmutableArray<long> MovedBytes()
    {
        var moved = new long[Plan.Ranks.Length];
        Guarded(() =>
        {
            var local = world.LocalRanks.ToDictionary(rank => rank, _ => 0L);
            foreach (var rank in world.LocalRanks)
                world.RunOn(rank, loop => local[rank] = loop.Rank.MovedBytes);
            foreach (var (rank, bytes) in engine.Processes.GatherValues(local).SelectMany(process => process))
                moved[rank] = bytes;
        });
        return [.. moved];
    }

    public void Dispose() => world.Dispose();

    /// <summary>Puts together what the ranks hold in parts; to be used between two rounds, by all processes.</summary>
    internal StateAssembly Assembly => AssemblyOf(everywhere: true);

    private StateAssembly AssemblyOf(bool everywhere) => new(Plan, new PartCollector(world, engine, everywhere));

    private TrainingLoop CreateLoop(
        int number, StoredTensors? initialWeights, StoredState? start)
    {
        var rank = new Rank(Plan, number, world.Groups[number], options.InitialLossScale);
        try
        {
            if (initialWeights is not null)
                rank.Assign(initialWeights);
            if (start is not null)
                rank.Restore(start);
            return new TrainingLoop(rank, data, length, options.Probe, start?.Numbers);
        }
        catch
        {
            rank.Dispose();
            throw;
        }
    }

    private static bool HasEndedAt(TrainingState start, long lastStep) =>
        start.Step > lastStep || (start.Step == lastStep && start.IsFinished);

    private RunStart Start(long lastStep) => new(
        Plan,
        data.Training.Count,
        data.Validation?.Count ?? 0,
        data.Test?.Count ?? 0,
        length.StepsPerEpoch,
        lastStep,
        options.Directory)
    {
        CompletedSteps = CompletedSteps,
    };

    private void Run(Action<TrainingLoop> program) => Guarded(() =>
    {
        world.Run(program);
        world.RunOn(world.LocalRanks[0], loop => (CompletedSteps, Loss) = (loop.Step, loop.Loss));
    });

    /// <summary>Its tensors are the caller's to dispose.</summary>
    private TrainingState CopyState(ITrainingObserver observer)
    {
        observer.CheckpointBegins(CompletedSteps);
        var copy = TrainingState.Nothing;
        Guarded(() => copy = State());
        return copy;
    }

    /// <summary>Its tensors are the caller's to dispose.</summary>
    private TrainingState State()
    {
        LossScaleState? lossScale = null;
        world.RunOn(world.LocalRanks[0], loop => lossScale = loop.Rank.Scale is { } scale
            ? new LossScaleState(scale.Value, scale.StepsAtValue, scale.SkippedSteps)
            : null);
        var state = CheckpointState.Numbers(Plan.Program, length, CompletedSteps) with
        {
            LossScale = lossScale,
            Spec = options.Spec,
        };
        world.RunOn(world.LocalRanks[0], loop => state = loop.AddProgress(state));
        return CheckpointSavers.InParts(options, engine)
            ? AddOwnPieces(state)
            : CheckpointState.AddWhole(state, AssemblyOf(everywhere: false));
    }

    /// <summary>Of a process's one rank.</summary>
    private TrainingState AddOwnPieces(TrainingState state)
    {
        var shapes = Plan.Program.Model.Layers.SelectMany(layer => layer.Buffers).ToDictionary(buffer => buffer.Name, buffer => buffer.Shape);
        world.RunOn(world.LocalRanks.Single(), loop => state = new OwnPieces(loop.Rank, owners, shapes).AddTo(state));
        return state;
    }

    /// <summary>Tells a rank's failure in the user's words.</summary>
    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (RankFailedException failure) when (failure.Failure.Cause is RunFailedException cause)
        {
            throw new RunFailedException(cause.Diagnostic, cause) { IsStateSpoiled = cause.IsStateSpoiled };
        }
        catch (RankFailedException failure)
        {
            var (number, cause) = failure.Failure;
            var rank = new FailedRank(number, Plan.Ranks[number].Device.Name, failure.Action);
            throw new RunFailedException(RunErrors.RankFailed(rank, cause), cause) { Rank = rank };
        }
    }
}
