using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Building;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Timelines;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Calibration.Layers;

/// <summary>A plan that trains, and how long its segments take forward and backward.</summary>
internal sealed class PassSession : IDisposable
{
    private const int LeastUpdates = 3;

    private readonly ExecutionPlan plan;
    private readonly ActionTimeline timeline;
    private readonly TrainingSession session;

    public PassSession(ExecutionPlan plan, LoadedDataset data)
    {
        this.plan = plan;
        timeline = new ActionTimeline(plan.Ranks.Length);
        session = SessionBuilder.Build(plan, RunOptions.InMemory with { Probe = new SynchronizedTimeline(timeline) }, data);
    }

    /// <summary>Trains for so long, a few updates at least.</summary>
    /// <returns>How long the last one took, in seconds.</returns>
    /// <exception cref="OperationCanceledException">The token said so.</exception>
    public double Warm(double seconds, CancellationToken cancellation)
    {
        var (start, last) = (Stopwatch.GetTimestamp(), 0.0);
        for (var updates = 0; updates < LeastUpdates || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; updates++)
        {
            cancellation.ThrowIfCancellationRequested();
            var begin = Stopwatch.GetTimestamp();
            session.Step(1);
            last = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            timeline.Take();
        }

        return last;
    }

    /// <summary>
    /// The seconds of each segment: the mean over some updates and over ranks, since where ranks share a core one of them waits for
    /// it now and then, and then for long. The updates follow one another, as in a run: threads that stop after each find their
    /// caches cold.
    /// </summary>
    /// <param name="measured">Counts the sessions that are measured; this one trains on until all are.</param>
    public SegmentSeconds Measure(int updates, CountdownEvent measured)
    {
        var taken = Timed(updates, measured);
        while (!measured.IsSet)
            session.Step(1);
        timeline.Take();
        return new SegmentSeconds(Of<PlanAction.Forward>(taken, action => action.Segment), Of<PlanAction.Backward>(taken, action => action.Segment));
    }

    public void Dispose() => session.Dispose();

    private ImmutableArray<ImmutableArray<TimedAction>> Timed(int updates, CountdownEvent measured)
    {
        try
        {
            session.Step(updates);
            return timeline.Take();
        }
        finally
        {
            measured.Signal();
        }
    }

    private ImmutableArray<double> Of<TAction>(ImmutableArray<ImmutableArray<TimedAction>> ranks, Func<TAction, int> segment)
        where TAction : PlanAction
    {
        var seconds = new double[plan.Ranks[0].Segments.Length];
        foreach (var rank in ranks)
        {
            var ofSegments = rank
                .Where(timed => timed.Action is TAction)
                .ToLookup(timed => segment((TAction)timed.Action), Seconds);
            foreach (var ofSegment in ofSegments)
                seconds[ofSegment.Key] += ofSegment.Average() / ranks.Length;
        }

        return [.. seconds];
    }

    private static double Seconds(TimedAction timed) => (double)(timed.End - timed.Start) / Stopwatch.Frequency;
}
