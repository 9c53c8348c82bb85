using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>
/// A plan at work: its ranks stand ready with model, optimizer and data, to be run to the end or step by step. One thread at a
/// time may use it. After a failure every call fails with the same words.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private readonly RunOptions options;
    private readonly LoadedDataset data;
    private readonly RunLength length;
    private readonly World<TrainingLoop> world;

    internal TrainingSession(
        ExecutionPlan plan, RunOptions options, LoadedDataset data, ImmutableSortedDictionary<string, Tensor> initialWeights)
    {
        (Plan, this.options, this.data) = (plan, options, data);
        length = RunLength.Of(plan.Program.Training, data.Training.Count);
        world = new World<TrainingLoop>(plan, loop => loop?.Activity ?? ActionWords.Of(null));
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
    /// <param name="observer">Called from rank 0's thread.</param>
    /// <exception cref="RunFailedException">A rank failed, or the loss is no number any more.</exception>
    public TrainingReport Run(ITrainingObserver observer, CancellationToken cancellation)
    {
        var lastStep = length.LimitedTo(options.MaximumSteps);
        observer.Started(Start(lastStep));
        var journal = new RunJournal(observer, length);
        var wasStopped = false;
        Run(loop =>
        {
            var isFirst = loop.Rank.Own.Rank == 0;
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
    /// A copy of a rank's parameters and buffers by PyTorch's names, on the CPU. They are the caller's to dispose.
    /// </summary>
    public ImmutableSortedDictionary<string, Tensor> CopyModel(int rank)
    {
        var copy = ImmutableSortedDictionary<string, Tensor>.Empty;
        Guarded(() => world.RunOn(rank, loop => copy = loop.Rank.Model.ToImmutableSortedDictionary(
            pair => pair.Key, pair => Copy(pair.Value), StringComparer.Ordinal)));
        return copy;
    }

    public void Dispose() => world.Dispose();

    private static Tensor Copy(Tensor tensor)
    {
        using var values = tensor.detach();
        return values.to(CPU, copy: true).DetachFromDisposeScope();
    }

    private TrainingLoop CreateLoop(int number, ImmutableSortedDictionary<string, Tensor> initialWeights)
    {
        var rank = new Rank(Plan, number, world.Groups[number]);
        rank.Assign(initialWeights);
        return new TrainingLoop(rank, data, length);
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
        world.RunOn(0, loop => (CompletedSteps, Loss) = (loop.Step, loop.Loss));
    });

    private void WriteCheckpoint()
    {
        if (options.Directory is not { } directory)
            return;
        Guarded(() => world.RunOn(0, loop =>
        {
            using var scope = NewDisposeScope();
            CheckpointWriter.Write(directory, CheckpointState.Of(loop.Rank, length, loop.Step));
        }));
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
