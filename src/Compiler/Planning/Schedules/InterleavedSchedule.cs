using System.Collections.Immutable;

namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>
/// Interleaved 1F1B (Narayanan et al. 2021, Megatron-LM): each rank holds several small stages, its chunks, and takes them
/// in turn, one round of as many micro-batches as there are ranks in each. The time to fill and drain shrinks by the number
/// of chunks; more activations and more messages pay for it.
/// </summary>
internal static class InterleavedSchedule
{
    public static ImmutableArray<ImmutableArray<ScheduleStep>> Steps(int stages, int microBatches, int chunks) =>
        [.. Enumerable.Range(0, stages).Select(rank => RankSteps(rank, stages, microBatches, chunks).ToImmutableArray())];

    private static IEnumerable<ScheduleStep> RankSteps(int rank, int stages, int microBatches, int chunks)
    {
        var count = checked(microBatches * chunks);
        var ahead = Math.Min(Ahead(rank, stages, chunks), count);
        for (var turn = 0; turn < ahead; turn++)
            yield return Forward(turn, stages, chunks);
        for (var turn = 0; turn < count; turn++)
        {
            yield return Backward(turn, stages, chunks);
            if (turn + ahead < count)
                yield return Forward(turn + ahead, stages, chunks);
        }
    }

    /// <summary>
    /// The forward passes before the first backward pass: a round for each chunk but the last, the first micro-batch's pass
    /// through the last chunk, and two for each rank behind this one, there and back.
    /// </summary>
    private static int Ahead(int rank, int stages, int chunks) =>
        checked((stages * (chunks - 1)) + 1 + (2 * (stages - rank - 1)));

    private static ScheduleStep Forward(int turn, int stages, int chunks) =>
        new(ScheduleWork.Forward, MicroBatch(turn, stages, chunks), turn / stages % chunks);

    private static ScheduleStep Backward(int turn, int stages, int chunks) =>
        new(ScheduleWork.Backward, MicroBatch(turn, stages, chunks), chunks - 1 - (turn / stages % chunks));

    private static int MicroBatch(int turn, int stages, int chunks) =>
        (turn / (stages * chunks) * stages) + (turn % stages);
}
