using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// GPipe (Huang et al. 2019): all micro-batches forward, then all backward, the same on every rank. A rank holds the
/// activations of all of them.
/// </summary>
internal static class GpipeSchedule
{
    public static ImmutableArray<ImmutableArray<ScheduleStep>> Steps(int stages, int microBatches)
    {
        ImmutableArray<ScheduleStep> steps =
        [
            .. Passes(ScheduleWork.Forward, microBatches),
            .. Passes(ScheduleWork.Backward, microBatches),
        ];
        return [.. Enumerable.Repeat(steps, stages)];
    }

    private static IEnumerable<ScheduleStep> Passes(ScheduleWork work, int microBatches) =>
        Enumerable.Range(0, microBatches).Select(microBatch => new ScheduleStep(work, microBatch, Chunk: 0));
}
