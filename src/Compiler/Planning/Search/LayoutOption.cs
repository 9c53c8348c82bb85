using ParDsl.Compiler.Checked;
using ParDsl.Source;

namespace ParDsl.Compiler.Planning.Search;

/// <summary>One way to lay a program out, of those that a search compares.</summary>
/// <param name="MicroBatches">Of each part of an accumulation.</param>
/// <param name="DividesSequence">Whether tensor ranks divide the places of a sequence.</param>
internal sealed record LayoutOption(
    Degrees Degrees,
    ShardLevel Shard,
    long MicroBatches,
    ScheduleKind Schedule,
    int Chunks,
    RecomputeRequest Recompute,
    bool DividesSequence)
{
    /// <summary>
    /// The block that a user would write for it, in place of another one. Axes that this one names stay named, with all that they
    /// say beside what is an option.
    /// </summary>
    public ParallelRequest Request(ParallelRequest replaced) => replaced with
    {
        IsAuto = false,
        Data = Data(replaced),
        Pipeline = Pipeline(replaced),
        Tensor = Degrees.Tensor > 1 || replaced.Tensor is not null
            ? new TensorRequest(Degrees.Tensor, DividesSequence, replaced.Tensor?.Span ?? replaced.Span)
            : null,
        Recompute = Recompute,
    };

    private DataRequest? Data(ParallelRequest replaced) => replaced.Data is { } written
        ? written with { Degree = Degrees.Data, Shard = Shard }
        : Degrees.Data > 1 || Degrees.WorldSize == 1 ? new DataRequest(Degrees.Data, 0, Shard, replaced.Span, replaced.Span) : null;

    private PipelineRequest? Pipeline(ParallelRequest replaced) => Degrees.Pipeline > 1 || replaced.Pipeline is not null
        ? new PipelineRequest(
            Degrees.Pipeline,
            MicroBatches,
            Schedule,
            Chunks,
            replaced.Pipeline?.Cuts ?? [],
            replaced.Pipeline?.Span ?? replaced.Span)
        : null;

    /// <summary>In the language's words: <c>data 4; pipeline 2 microbatches=8; shard optimizer</c>.</summary>
    public string Words => string.Join("; ", Statements());

    private IEnumerable<string> Statements()
    {
        if (Degrees.Data > 1 || Degrees.WorldSize == 1)
            yield return $"data {Degrees.Data}";
        if (Degrees.Pipeline > 1 || MicroBatches > 1)
            yield return $"pipeline {Degrees.Pipeline} microbatches={MicroBatches} schedule={Schedule.Words()}"
                + (Chunks > 1 ? $" chunks={Chunks}" : "");
        if (Degrees.Tensor > 1)
            yield return $"tensor {Degrees.Tensor}{(DividesSequence ? " sequence=true" : "")}";
        if (Shard != ShardLevel.None)
            yield return $"shard {Shard.Words()}";
        if (Recompute.IsWanted)
            yield return Recompute.IsAll ? "recompute all" : $"recompute every={Recompute.Every}";
    }
}
