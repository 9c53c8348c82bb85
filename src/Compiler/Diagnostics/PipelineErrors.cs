using ParDsl.Compiler.Checked;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Diagnostics;

/// <summary>Why a model cannot be cut into stages, or a schedule cannot run: PD4020 to PD4028, one function per mistake.</summary>
public static class PipelineErrors
{
    public static Diagnostic MoreStagesThanLayers(PipelineRequest request, int degree, int stages, int layers) => Error(
        "PD4020",
        request,
        stages == degree
            ? $"`pipeline {degree}` needs {stages} stages of a layer or more, and the model has {layers} layers"
            : $"`pipeline {degree} chunks={request.Chunks}` needs {degree} x {request.Chunks} = {stages} stages of a layer or "
                + $"more, and the model has {layers} layers",
        $"{stages} stages, {layers} layers",
        $"write `pipeline {Math.Max(1, layers / (int)request.Chunks)}` or less");

    public static Diagnostic CutsDifferFromStages(PipelineRequest request, int stages) => Error(
        "PD4021",
        request,
        $"{Wording.Count(stages, "stage")} are cut in {stages - 1} places, and `at` names {request.Cuts.Length}",
        $"{Wording.Count(request.Cuts.Length, "cut")}",
        request.Chunks == 1
            ? $"write `pipeline {request.Cuts.Length + 1}`, or name {Wording.Count(stages - 1, "layer")}"
            : $"name {Wording.Count(stages - 1, "layer")}");

    public static Diagnostic UnknownCut(PipelineRequest request, string cut, IEnumerable<string> layers)
    {
        var near = Spelling.Nearest(cut, [.. layers]);
        return Error(
            "PD4022",
            request,
            $"`at` names `{cut}`, and no layer of the model is called that",
            "no such layer",
            near is null
                ? "label the layer that a stage is to start with: `fc2: linear 10`"
                : $"write `{near}`");
    }

    public static Diagnostic CutsOutOfOrder(PipelineRequest request, string cut) => Error(
        "PD4023",
        request,
        $"`at` names the layers that stages start with, in the model's order, and `{cut}` does not come after the one before it",
        "not in the model's order",
        $"write {Wording.And(request.Cuts.Select(name => name))} in the order in which the model has them");

    public static Diagnostic TooFewChunks(PipelineRequest request) => Error(
        "PD4024",
        request,
        $"`schedule=interleaved` gives each rank several runs of layers, and `chunks={request.Chunks}` gives it one",
        "nothing to interleave",
        "write `chunks=2`, or `schedule=1f1b`");

    public static Diagnostic ChunksWithoutInterleaving(PipelineRequest request) => Error(
        "PD4025",
        request,
        $"`chunks={request.Chunks}` needs `schedule=interleaved`, and the schedule is {request.Schedule.Words()}",
        "one chunk a rank",
        "write `schedule=interleaved`, or leave out `chunks`");

    public static Diagnostic MicroBatchesNotMultipleOfStages(PipelineRequest request, long microBatches, int degree) => Error(
        "PD4026",
        request,
        $"`schedule=interleaved` takes micro-batches in rounds of {degree}, one for each stage, and there are {microBatches}: "
            + $"{microBatches} = {degree} x {microBatches / degree} + {microBatches % degree}",
        $"not a multiple of {degree}",
        $"write `microbatches={((microBatches / degree) + 1) * degree}`");

    public static Diagnostic MoreMicroBatchesThanSamples(PipelineRequest request, long microBatches, long batch) => Error(
        "PD4027",
        request,
        $"a batch of {batch} cannot be cut into {microBatches} micro-batches of a sample or more",
        $"{microBatches} micro-batches, {batch} samples",
        $"write `microbatches={batch}` or less");

    public static Diagnostic ShardedTiesApart(DataRequest request, string parameter, string user) => new(
        "PD4028",
        Severity.Error,
        request.ShardSpan,
        "its parts would not lie alike on both stages",
        $"`{parameter}` is tied to `{user}` on another stage, so both stages hold it whole, and `shard "
            + $"{request.Shard.Words()}` would keep other parts of it on each",
        "leave out `shard` or `pipeline`, or the `tied=`",
        []);

    private static Diagnostic Error(string code, PipelineRequest request, string message, string label, string help) =>
        new(code, Severity.Error, request.Span, label, message, help, []);
}
