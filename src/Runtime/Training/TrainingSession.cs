using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Engines;
using ParDsl.Runtime.Ranks;
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

    internal TrainingSession(
        ExecutionPlan plan,
        RunOptions options,
        IEngine engine,
        LoadedDataset data,
        ImmutableSortedDictionary<string, Tensor> initialWeights)
    {
        (Plan, this.options, this.engine, this.data) = (plan, options, engine, data);
        length = RunLength.Of(plan.Program.Training, data.Training.Count);
        world = new World<TrainingLoop>(plan, engine, loop => loop?.Activity ?? ActionWords.Of(null));
        try
        {
            Guarded(() => world.Start(number => CreateLoop(number, initialWeights)));
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

    /// <summary>The last update's loss, the mean over its global batch; not a number before the first.</summary>
    public double Loss { get; private set; } = double.NaN;

    /// <summary>
    /// Trains to the end of the spec or of the options' steps, evaluating after each epoch, and writes a checkpoint where the
    /// options name a directory, after a cancellation too.
    /// </summary>
    /// <param name="observer">Called from the thread of this process's first rank.</param>
    /// <exception cref="RunFailedException">A rank failed, or the loss is no number any more.</exception>
    public TrainingReport Run(ITrainingObserver observer, CancellationToken cancellation)
    {
        var lastStep = length.LimitedTo(options.MaximumSteps);
        observer.Started(Start(lastStep));
        var journal = new RunJournal(observer, length);
        var wasStopped = false;
        Run(loop =>
        {
            var isFirst = loop.Rank.Own.Rank == world.LocalRanks[0];
            loop.Run(lastStep, isFirst ? journal : null, isFirst ? cancellation : CancellationToken.None);
            if (isFirst)
                wasStopped = loop.WasStopped;
        });
        WriteCheckpoint();
        var report = journal.Report(CompletedSteps, options.Directory, wasStopped);
        observer.Finished(report);
        return report;
    }

    /// <summary>Trains this many more updates, without evaluating.</summary>
    /// <exception cref="RunFailedException">A rank failed, or the loss is no number any more.</exception>
    public void Step(long count) => Run(loop => loop.Advance(count));

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

    private TrainingLoop CreateLoop(int number, ImmutableSortedDictionary<string, Tensor> initialWeights)
    {
        var rank = new Rank(Plan, number, world.Groups[number], options.InitialLossScale);
        rank.Assign(initialWeights);
        return new TrainingLoop(rank, data, length, options.Probe);
    }

    private RunStart Start(long lastStep) => new(
        Plan,
        data.Training.Count,
        data.Validation?.Count ?? 0,
        data.Test?.Count ?? 0,
        length.StepsPerEpoch,
        lastStep,
        options.Directory);

    private void Run(Action<TrainingLoop> program) => Guarded(() =>
    {
        world.Run(program);
        world.RunOn(world.LocalRanks[0], loop => (CompletedSteps, Loss) = (loop.Step, loop.Loss));
    });

    /// <summary>The first process writes what all ranks hold.</summary>
    private void WriteCheckpoint()
    {
        if (!options.KeepsCheckpoints)
            return;
        Guarded(() =>
        {
            var state = State();
            try
            {
                if (options.Directory is { } directory)
                    CheckpointWriter.Write(directory, state);
            }
            finally
            {
                foreach (var tensor in state.Model.Values.Concat(state.Optimizer.Values))
                    tensor.Dispose();
            }
        });
    }

    /// <summary>Its tensors are the caller's to dispose.</summary>
    private TrainingState State()
    {
        LossScaleState? lossScale = null;
        world.RunOn(world.LocalRanks[0], loop => lossScale = loop.Rank.Scale is { } scale
            ? new LossScaleState(scale.Value, scale.StepsAtValue, scale.SkippedSteps)
            : null);
        return CheckpointState.Of(Plan, AssemblyOf(everywhere: false), length, CompletedSteps) with { LossScale = lossScale };
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
            throw new RunFailedException(cause.Diagnostic, cause);
        }
        catch (RankFailedException failure)
        {
            var (number, action, cause) = failure.Failure;
            var rank = new FailedRank(number, Plan.Ranks[number].Device.Name, action);
            throw new RunFailedException(RunErrors.RankFailed(rank, cause), cause) { Rank = rank };
        }
    }
}
