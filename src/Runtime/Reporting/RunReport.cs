using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Compiler.Printing.Pages;
using ParDsl.Compiler.Printing.Pages.Runs;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Watches a run, and makes its report: the plan's page with what was measured beside what was predicted. It is the last
/// of the observers, so that their work is no part of an update's time.
/// </summary>
public sealed class RunReport(ExecutionPlan plan) : ITrainingObserver
{
    public const string Name = "report.html";

    private readonly StepClock clock = new();
    private readonly RunMemory memory = new(plan);
    private RunStart? start;
    private TrainingReport? end;
    private long lastUpdate;

    /// <summary>To be handed over in the session's options.</summary>
    public UpdateTimeline Timeline { get; } = new(plan.Ranks.Length);

    /// <summary>To be told before the session is built.</summary>
    /// <exception cref="RunFailedException">The native libraries are not as they should be.</exception>
    public void RanksBegin() => memory.RanksBegin();

    public void Started(RunStart start)
    {
        (this.start, lastUpdate) = (start, start.CompletedSteps);
        clock.Restart();
    }

    public void StepDone(StepReport step)
    {
        lastUpdate = step.Step;
        clock.StepDone(IsWhole(step.Step));
        memory.StepDone(lastUpdate - start!.CompletedSteps);
    }

    public void EpochDone(EpochReport epoch) => clock.Restart();

    public void CheckpointBegins(long step) => clock.Stop();

    public void Finished(TrainingReport report) => end = report;

    /// <summary>Writes report.html into the run's folder, whose metrics are all written; nothing where no update was done.</summary>
    /// <param name="failure">What ended the run; null where nothing failed.</param>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    internal void Write(string folder, RunFailedException? failure)
    {
        memory.End();
        if (start is null || lastUpdate == start.CompletedSteps)
            return;
        var path = Path.Combine(folder, Name);
        try
        {
            AtomicFile.WriteText(path, PlanPage.Write(plan, Measured(Path.Combine(folder, RunFolder.MetricsName), failure)));
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(path, trouble);
        }
    }

    private MeasuredRun Measured(string metrics, RunFailedException? failure)
    {
        var (seconds, update) = (clock.Median, Timeline.Median);
        return new MeasuredRun(Ending(failure), clock.Count, seconds, seconds is { } time ? plan.Batch.GlobalBatch / time : null)
        {
            Ranks = update is { } timed ? Ranks(Timeline.Of(timed)) : [],
            TimedUpdate = start!.CompletedSteps + (update ?? 0),
            AllocatedBytes = memory.Peak,
            Curves = MetricsCurves.Read(metrics),
        };
    }

    /// <summary>An epoch's last batch may have fewer samples.</summary>
    private bool IsWhole(long update) =>
        start is { } run && (update % run.StepsPerEpoch != 0 || run.TrainingCount % plan.Batch.GlobalBatch == 0);

    private static ImmutableArray<MeasuredRank> Ranks(ImmutableArray<ImmutableArray<TimedAction>> timed)
    {
        var begin = timed.Where(actions => !actions.IsEmpty).Min(actions => actions[0].Start);
        double Seconds(long ticks) => Stopwatch.GetElapsedTime(begin, ticks).TotalSeconds;
        return
        [
            .. timed.Index().Where(rank => !rank.Item.IsEmpty).Select(rank => new MeasuredRank(
                rank.Index,
                [.. rank.Item.Select(action => new MeasuredAction(action.Action, Seconds(action.Start), Seconds(action.End)))])),
        ];
    }

    private string Ending(RunFailedException? failure)
    {
        var updates = lastUpdate == 1 ? "1 update" : FormattableString.Invariant($"{lastUpdate:N0} updates");
        return (failure, end) switch
        {
            ({ } reason, _) => $"Failed after {updates}: {reason.Diagnostic.Message}.",
            (_, { RanOutOfTime: true }) => $"Ended by its time limit after {updates}; it goes on with --resume.",
            (_, { WasInterrupted: true }) => $"Interrupted after {updates}; it goes on with --resume.",
            _ => $"Ended after {updates}.",
        };
    }
}
