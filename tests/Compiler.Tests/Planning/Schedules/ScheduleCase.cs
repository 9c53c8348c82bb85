using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;

namespace ParDsl.Compiler.Tests.Planning.Schedules;

/// <summary>A schedule of a size, what its ranks do, and when, each of the three passes taking equally long.</summary>
public sealed record ScheduleCase(ScheduleKind Kind, int Stages, int MicroBatches, int Chunks)
{
    public ImmutableArray<ImmutableArray<ScheduleStep>> Ranks { get; } =
        PipelineSchedule.Of(Kind, Stages, MicroBatches, Chunks);

    public ScheduleTimeline Timeline => ScheduleTimeline.Of(Ranks, ScheduleDurations.Equal);

    /// <summary>Many sizes: fewer, as many and more micro-batches than stages, one stage, one micro-batch.</summary>
    public static ImmutableArray<ScheduleCase> All { get; } = [.. ScheduleFacts.All.SelectMany(Of)];

    public static IEnumerable<ScheduleCase> Of(ScheduleKind kind) =>
        from stages in Enumerable.Range(1, 8)
        from microBatches in (int[])[1, 2, 3, 4, 5, 7, 8, 9, 16, 24, 40]
        from chunks in Enumerable.Range(1, 4)
        where PipelineSchedule.Mistakes(kind, stages, microBatches, chunks).IsEmpty
        select new ScheduleCase(kind, stages, microBatches, chunks);

    public override string ToString() =>
        $"{Kind.Words()}, {Count(Stages, "stage", "stages")}, {Count(MicroBatches, "micro-batch", "micro-batches")}, "
        + Count(Chunks, "chunk", "chunks");

    private static string Count(int count, string one, string many) => count == 1 ? $"1 {one}" : $"{count} {many}";
}
