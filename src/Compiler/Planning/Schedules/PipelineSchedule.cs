using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// What each rank of a pipeline computes for one update, in order. Every schedule adds up the gradients of a chunk in the
/// order of the micro-batches, as one device would that runs them one after the other: the sums have the same bits.
/// </summary>
public static class PipelineSchedule
{
    /// <summary>
    /// Everything that is wrong with the numbers. No schedule needs as many micro-batches as stages: with fewer, the ranks
    /// only wait more.
    /// </summary>
    public static ImmutableArray<ScheduleMistake> Mistakes(ScheduleKind kind, int stages, int microBatches, int chunks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(microBatches, 1);
        if (kind != ScheduleKind.Interleaved)
            return chunks == 1 ? [] : [ScheduleMistake.ChunksWithoutInterleaving];

        var mistakes = ImmutableArray.CreateBuilder<ScheduleMistake>();
        if (chunks < 2)
            mistakes.Add(ScheduleMistake.TooFewChunks);
        if (microBatches % stages != 0)
            mistakes.Add(ScheduleMistake.MicroBatchesNotMultipleOfStages);
        return mistakes.ToImmutable();
    }

    /// <summary>The steps of each rank, for numbers that <see cref="Mistakes"/> finds nothing wrong with.</summary>
    public static ImmutableArray<ImmutableArray<ScheduleStep>> Of(
        ScheduleKind kind,
        int stages,
        int microBatches,
        int chunks)
    {
        if (Mistakes(kind, stages, microBatches, chunks) is [var mistake, ..])
        {
            throw new ArgumentException(
                $"{kind} of {stages} stages, {microBatches} micro-batches, {chunks} chunks: {mistake}");
        }

        return kind switch
        {
            ScheduleKind.Gpipe => GpipeSchedule.Steps(stages, microBatches),
            ScheduleKind.OneForwardOneBackward => OneForwardOneBackwardSchedule.Steps(stages, microBatches),
            ScheduleKind.Interleaved => InterleavedSchedule.Steps(stages, microBatches, chunks),
            ScheduleKind.ZeroBubble => ZeroBubbleSchedule.Steps(stages, microBatches),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }
}
