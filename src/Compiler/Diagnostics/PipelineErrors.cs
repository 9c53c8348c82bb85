using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why a model cannot be cut into stages, or a schedule cannot run: PD4020 to PD4028, one function per mistake.</summary>
public static class PipelineErrors
{
    public static Diagnostic MoreStagesThanLayers(PipelineRequest request, int degree, long stages, int layers) => Error(
        "PD4020",
        request,
        request.Chunks == 1
            ? $"`pipeline {degree}` needs {stages} stages of a layer or more, and the model has {Wording.Count(layers, "layer")}"
            : $"`pipeline {degree} chunks={request.Chunks}` needs {degree} x {request.Chunks} = {stages} stages of a layer or "
                + $"more, and the model has {Wording.Count(layers, "layer")}",
        $"{stages} stages, {Wording.Count(layers, "layer")}",
        FewerStages(request.Chunks, degree, layers));

    public static Diagnostic CutsDifferFromStages(PipelineRequest request, long stages) => Error(
        "PD4021",
        request,
        stages == 1
            ? $"one stage is cut nowhere, and `at` names {Wording.Count(request.Cuts.Length, "layer")}"
            : $"{stages} stages are cut in {Wording.Count(stages - 1, "place")}, and `at` names "
                + Wording.Count(request.Cuts.Length, "layer"),
        $"{Wording.Count(stages, "stage")}, {Wording.Count(request.Cuts.Length, "cut")}",
        request.Chunks == 1
            ? $"write `pipeline {request.Cuts.Length + 1}`, or name {Wording.Count(stages - 1, "layer")}"
            : $"name {Wording.Count(stages - 1, "layer")}, or leave out `at`: the stages are balanced by cost then");

    /// <param name="layers">Those that a stage can start with.</param>
    public static Diagnostic UnknownCut(PipelineRequest request, string cut, IEnumerable<string> layers)
    {
        var near = Spelling.Nearest(cut, [.. layers.Except(request.Cuts)]);
        return Error(
            "PD4022",
            request,
            $"`at` names `{cut}`, and no layer or block of the model is called that",
            $"no layer `{cut}`",
            near is null
                ? "label the layer that a stage is to start with; `pardsl show checked` lists the names of all layers"
                : $"write `{near}`");
    }

    /// <param name="place">Which of the cuts: the model's first layer, or one that does not come after the cut before it.</param>
    /// <param name="inOrder">The cuts in the model's order, each once.</param>
    public static Diagnostic CutOutOfPlace(PipelineRequest request, int place, IEnumerable<string> inOrder)
    {
        var cut = request.Cuts[place];
        return Error(
            "PD4023",
            request,
            place == 0
                ? $"`at` names the layers that the second and later stages start with, and `{cut}` is the model's first layer"
                : $"`at` names layers in the model's order, and `{cut}` does not come after `{request.Cuts[place - 1]}`",
            place == 0 ? "leaves the first stage without a layer" : "not in the model's order",
            place == 0 ? "name a later layer" : $"write `at={ArgumentValueText.Write(inOrder.ToImmutableArray())}`");
    }

    public static Diagnostic TooFewChunks(PipelineRequest request) => Error(
        "PD4024",
        request,
        "`schedule=interleaved` goes back and forth between several stages on each rank, and "
            + $"`chunks={request.Chunks}` gives a rank one",
        "nothing to interleave",
        "write `chunks=2`, or `schedule=1f1b`");

    public static Diagnostic ChunksWithoutInterleaving(PipelineRequest request) => Error(
        "PD4025",
        request,
        $"`chunks={request.Chunks}` gives each rank {request.Chunks} stages, which only `schedule=interleaved` can run, and the "
            + $"schedule is `{request.Schedule.Words()}`",
        "one stage a rank",
        "write `schedule=interleaved`, or leave out `chunks`");

    /// <param name="microBatches">Of one update: those of each part of an accumulation together.</param>
    public static Diagnostic MicroBatchesNotMultipleOfStages(
        PipelineRequest request, long accumulate, long microBatches, int degree)
    {
        var each = microBatches / accumulate;
        return Error(
            "PD4026",
            request,
            $"`schedule=interleaved` takes micro-batches in rounds of {degree}, one for each rank, and there are "
                + (accumulate == 1 ? "" : $"{accumulate} x {each} = ")
                + $"{microBatches}: {microBatches} = {degree} x {microBatches / degree} + {microBatches % degree}",
            $"not a multiple of {degree}",
            $"write `microbatches={((each / degree) + 1) * degree}`");
    }

    public static Diagnostic MoreMicroBatchesThanSamples(PipelineRequest request, CheckedTraining training, long microBatches)
    {
        var each = training.GlobalBatch / training.Accumulate;
        return Error(
            "PD4027",
            request,
            $"a batch of {training.GlobalBatch} cannot be cut into "
                + (training.Accumulate == 1 ? "" : $"{training.Accumulate} x {microBatches / training.Accumulate} = ")
                + $"{microBatches} micro-batches of a sample or more",
            $"{microBatches} micro-batches, {Wording.Count(training.GlobalBatch, "sample")}",
            each > 0 ? $"write `microbatches={each}` or less, or `batch {microBatches}`" : $"write `batch {microBatches}`");
    }

    public static Diagnostic ShardedTiesApart(DataRequest request, string parameter, string user) => new(
        "PD4028",
        Severity.Error,
        request.ShardSpan,
        "its parts would not lie alike on both stages",
        $"`{parameter}` is tied to `{user}` on another stage, so both stages hold it whole, and `shard "
            + $"{request.Shard.Words()}` would keep other parts of it on each",
        "leave out `shard` or `pipeline`, or the `tied=`",
        []);

    private static string FewerStages(long chunks, int degree, int layers)
    {
        if (chunks == 1)
            return $"write `pipeline {layers}` or less";
        return layers / degree > 1 ? $"write `chunks={layers / degree}` or less" : "leave out `chunks`, or take fewer ranks";
    }

    private static Diagnostic Error(string code, PipelineRequest request, string message, string label, string help) =>
        new(code, Severity.Error, request.Span, label, message, help, []);
}
