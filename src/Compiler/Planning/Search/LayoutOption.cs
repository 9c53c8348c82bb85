using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>One way to lay a program out, of those that a search compares.</summary>
/// <param name="MicroBatches">Of the pipeline; 1 where there is one stage.</param>
internal sealed record LayoutOption(
    Degrees Degrees, ShardLevel Shard, long MicroBatches, ScheduleKind Schedule, int Chunks, RecomputeRequest Recompute)
{
    /// <summary>The block that a user would write for it, in place of another one.</summary>
    public ParallelRequest Request(ParallelRequest replaced) => replaced with
    {
        IsAuto = false,
        Data = Degrees.Data > 1 || Degrees.WorldSize == 1
            ? new DataRequest(Degrees.Data, replaced.Data?.BucketBytes ?? 0, Shard, replaced.Span, replaced.Span)
            : null,
        Pipeline = Degrees.Pipeline > 1
            ? new PipelineRequest(Degrees.Pipeline, MicroBatches, Schedule, Chunks, [], replaced.Span)
            : null,
        Tensor = Degrees.Tensor > 1 ? new TensorRequest(Degrees.Tensor, false, replaced.Span) : null,
        Recompute = Recompute,
    };

    /// <summary>In the language's words: <c>data 4; pipeline 2 microbatches=8; shard optimizer</c>.</summary>
    public string Words => string.Join("; ", Statements());

    private IEnumerable<string> Statements()
    {
        if (Degrees.Data > 1 || Degrees.WorldSize == 1)
            yield return $"data {Degrees.Data}";
        if (Degrees.Pipeline > 1)
            yield return $"pipeline {Degrees.Pipeline} microbatches={MicroBatches} schedule={Schedule.Words()}"
                + (Chunks > 1 ? $" chunks={Chunks}" : "");
        if (Degrees.Tensor > 1)
            yield return $"tensor {Degrees.Tensor}";
        if (Shard != ShardLevel.None)
            yield return $"shard {Shard.Words()}";
        if (Recompute.IsWanted)
            yield return "recompute all";
    }
}
