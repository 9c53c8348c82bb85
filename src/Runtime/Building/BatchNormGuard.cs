using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Data;
using ParDsl.Runtime.Training;

namespace ParDsl.Runtime.Building;

/// <summary>
/// The law that a batch norm has two numbers or more of each channel in every micro-batch of the run: of one number there is no
/// variance. PyTorch finds out at the end of the first epoch; here it is known before the start.
/// </summary>
internal static class BatchNormGuard
{
    public static void Check(ExecutionPlan plan, int sampleCount)
    {
        if (Mistake(plan, sampleCount) is { } mistake)
            throw new RunFailedException(mistake);
    }

    /// <summary>Null where the law holds.</summary>
    public static Diagnostic? Mistake(ExecutionPlan plan, int sampleCount)
    {
        var narrow = plan.Program.Model.Layers.FirstOrDefault(
            layer => layer.Kind == "batch_norm" && NumbersPerSample(layer) == 1);
        if (narrow is null)
            return null;
        var lastBatch = sampleCount % plan.Batch.GlobalBatch;
        if (HasSingleSample(plan.Batch, Math.Min(sampleCount, plan.Batch.GlobalBatch)))
            return RunErrors.NothingToNormalize(narrow.Name, Math.Min(sampleCount, plan.Batch.GlobalBatch));
        return HasSingleSample(plan.Batch, lastBatch) ? RunErrors.NothingToNormalize(narrow.Name, lastBatch) : null;
    }

    private static long NumbersPerSample(CheckedLayer layer) => layer.Output.ElementCount / layer.Output.Sizes[0];

    private static bool HasSingleSample(BatchPlan plan, int globalCount) => Enumerable
        .Range(0, plan.MicroBatchCount)
        .Any(microBatch => BatchSlice.Of(plan, globalCount, microBatch).Count == 1);
}
