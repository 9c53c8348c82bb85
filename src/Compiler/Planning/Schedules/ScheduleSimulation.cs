using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// Lets each rank do its steps in order, each as soon as the rank is free and what the step needs is there, until all are
/// done or none can go on.
/// </summary>
internal sealed class ScheduleSimulation
{
    private readonly ImmutableArray<ImmutableArray<ScheduleStep>> ranks;
    private readonly ScheduleDurations durations;
    private readonly int lastStage;
    private readonly ImmutableArray<ImmutableArray<TimedStep>.Builder> done;

    /// <summary>When a pass through a virtual stage ends. A whole backward pass stands here as its input gradient.</summary>
    private readonly Dictionary<(ScheduleWork Work, int MicroBatch, int Stage), long> ends = [];

    public ScheduleSimulation(ImmutableArray<ImmutableArray<ScheduleStep>> ranks, ScheduleDurations durations)
    {
        (this.ranks, this.durations) = (ranks, durations);
        var chunks = ranks.SelectMany(steps => steps).Select(step => step.Chunk + 1).DefaultIfEmpty(1).Max();
        lastStage = checked(ranks.Length * chunks) - 1;
        done = [.. ranks.Select(_ => ImmutableArray.CreateBuilder<TimedStep>())];
    }

    public ScheduleTimeline Run()
    {
        bool moved;
        do
        {
            moved = false;
            for (var rank = 0; rank < ranks.Length; rank++)
                moved |= Advance(rank);
        }
        while (moved);

        var blocked = from rank in Enumerable.Range(0, ranks.Length)
                      where done[rank].Count < ranks[rank].Length
                      select new BlockedStep(rank, ranks[rank][done[rank].Count]);
        return new ScheduleTimeline([.. done.Select(steps => steps.ToImmutable())], [.. blocked]);
    }

    /// <summary>Takes a rank as far as it can go; false where it cannot go on at all.</summary>
    private bool Advance(int rank)
    {
        var before = done[rank].Count;
        while (done[rank].Count < ranks[rank].Length && Start(rank, ranks[rank][done[rank].Count]) is { } start)
            Do(rank, ranks[rank][done[rank].Count], start);
        return done[rank].Count > before;
    }

    private void Do(int rank, ScheduleStep step, long start)
    {
        var end = checked(start + durations.Of(step.Work));
        done[rank].Add(new TimedStep(step, start, end));
        var work = step.Work == ScheduleWork.Backward ? ScheduleWork.InputGradient : step.Work;
        ends[(work, step.MicroBatch, Stage(rank, step))] = end;
    }

    /// <summary>
    /// When the rank is free and all that the step needs is there; null where some of it is not computed yet.
    /// </summary>
    private long? Start(int rank, ScheduleStep step)
    {
        var start = done[rank].Count == 0 ? 0 : done[rank][^1].End;
        foreach (var (work, stage) in Needs(step.Work, Stage(rank, step)))
        {
            if (!ends.TryGetValue((work, step.MicroBatch, stage), out var end))
                return null;
            start = Math.Max(start, end);
        }

        return start;
    }

    private IEnumerable<(ScheduleWork Work, int Stage)> Needs(ScheduleWork work, int stage) => work switch
    {
        ScheduleWork.Forward when stage == 0 => [],
        ScheduleWork.Forward => [(ScheduleWork.Forward, stage - 1)],
        ScheduleWork.WeightGradient => [(ScheduleWork.InputGradient, stage)],
        _ when stage == lastStage => [(ScheduleWork.Forward, stage)],
        _ => [(ScheduleWork.Forward, stage), (ScheduleWork.InputGradient, stage + 1)],
    };

    private int Stage(int rank, ScheduleStep step) => (step.Chunk * ranks.Length) + rank;
}
