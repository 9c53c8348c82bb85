using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// 1F1B with a flush at the update's end (Narayanan et al. 2019, PipeDream-flush): as long as GPipe, but a rank holds the
/// activations of at most stages - rank micro-batches.
/// </summary>
internal static class OneForwardOneBackwardSchedule
{
    public static ImmutableArray<ImmutableArray<ScheduleStep>> Steps(int stages, int microBatches) =>
        [.. Enumerable.Range(0, stages).Select(rank => RankSteps(stages - rank, microBatches).ToImmutableArray())];

    /// <param name="depth">
    /// The stages from this one to the last: so many micro-batches go in before the first one comes back.
    /// </param>
    private static IEnumerable<ScheduleStep> RankSteps(int depth, int microBatches)
    {
        var ahead = Math.Min(depth, microBatches);
        for (var microBatch = 0; microBatch < ahead; microBatch++)
            yield return new ScheduleStep(ScheduleWork.Forward, microBatch, Chunk: 0);
        for (var microBatch = 0; microBatch < microBatches; microBatch++)
        {
            yield return new ScheduleStep(ScheduleWork.Backward, microBatch, Chunk: 0);
            if (microBatch + ahead < microBatches)
                yield return new ScheduleStep(ScheduleWork.Forward, microBatch + ahead, Chunk: 0);
        }
    }
}
