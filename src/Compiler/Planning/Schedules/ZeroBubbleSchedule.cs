using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// ZB-H1 (Qi et al. 2023): 1F1B whose backward pass is cut in two. Rank r puts off the gradients of the weights by r
/// micro-batches and computes them while the pipeline drains. So every rank holds at most as many micro-batches as the
/// first one does in 1F1B, which is the number of stages, and the three passes taking equally long, a rank waits for
/// stages - 1 of them, a third of what it waits for in 1F1B.
/// </summary>
internal static class ZeroBubbleSchedule
{
    public static ImmutableArray<ImmutableArray<ScheduleStep>> Steps(int stages, int microBatches) =>
        [.. Enumerable.Range(0, stages).Select(rank => RankSteps(rank, stages, microBatches).ToImmutableArray())];

    private static IEnumerable<ScheduleStep> RankSteps(int rank, int stages, int microBatches)
    {
        var ahead = Math.Min(stages - rank, microBatches);
        for (var microBatch = 0; microBatch < ahead; microBatch++)
            yield return new ScheduleStep(ScheduleWork.Forward, microBatch, Chunk: 0);
        for (var microBatch = 0; microBatch < microBatches; microBatch++)
        {
            yield return new ScheduleStep(ScheduleWork.InputGradient, microBatch, Chunk: 0);
            if (microBatch >= rank)
                yield return new ScheduleStep(ScheduleWork.WeightGradient, microBatch - rank, Chunk: 0);
            if (microBatch + ahead < microBatches)
                yield return new ScheduleStep(ScheduleWork.Forward, microBatch + ahead, Chunk: 0);
        }

        for (var microBatch = Math.Max(0, microBatches - rank); microBatch < microBatches; microBatch++)
            yield return new ScheduleStep(ScheduleWork.WeightGradient, microBatch, Chunk: 0);
    }
}
