using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// When each rank does each of its steps, where messages take no time and wait in the receiver's memory: the least time that
/// the schedule's order allows.
/// </summary>
/// <param name="Ranks">What each rank does, up to its end or to the step that blocks it.</param>
/// <param name="Blocked">One step for each rank that never ends; none where the schedule runs through.</param>
public sealed record ScheduleTimeline(
    ImmutableArray<ImmutableArray<TimedStep>> Ranks,
    ImmutableArray<BlockedStep> Blocked)
{
    public static ScheduleTimeline Of(ImmutableArray<ImmutableArray<ScheduleStep>> ranks, ScheduleDurations durations) =>
        new ScheduleSimulation(ranks, durations).Run();

    public bool IsDeadlock => !Blocked.IsEmpty;

    /// <summary>From the first start to the last end.</summary>
    public long Length => Ranks.Max(steps => steps.IsEmpty ? 0 : steps[^1].End);

    /// <summary>The time that all ranks together wait.</summary>
    public long IdleTime => checked((Length * Ranks.Length) - Ranks.Sum(steps => steps.Sum(step => step.End - step.Start)));

    /// <summary>The part of the ranks' time in which they wait, from 0 to 1.</summary>
    public double IdleShare => Length == 0 ? 0 : (double)IdleTime / ((double)Length * Ranks.Length);
}
