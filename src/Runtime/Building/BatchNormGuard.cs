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
    /// <param name="lastStep">The run's last update: an epoch's short last batch may come after it, and is then never seen.</param>
    public static void Check(ExecutionPlan plan, int sampleCount, long lastStep)
    {
        if (Mistake(plan, sampleCount, lastStep) is { } mistake)
            throw new RunFailedException(mistake);
    }

    /// <summary>Null where the law holds: an epoch's batches are alike but for its last.</summary>
    public static Diagnostic? Mistake(ExecutionPlan plan, int sampleCount, long lastStep)
    {
        var narrow = plan.Program.Model.Layers.FirstOrDefault(
            layer => layer.Kind == "batch_norm" && NumbersPerSample(layer) == 1);
        if (narrow is null)
            return null;
        var length = RunLength.Of(plan.Program.Training, sampleCount);
        foreach (var step in (long[])[1, length.StepsPerEpoch])
        {
            if (step <= lastStep && HasSingleSample(plan.Batch, length.BatchSize(step)))
                return RunErrors.NothingToNormalize(narrow.Name, length.BatchSize(step));
        }

        return null;
    }

    private static long NumbersPerSample(CheckedLayer layer) => layer.Output.ElementCount / layer.Output.Sizes[0];

    private static bool HasSingleSample(BatchPlan plan, int globalCount) => Enumerable
        .Range(0, plan.MicroBatchCount)
        .Any(microBatch => BatchSlice.Of(plan, globalCount, microBatch).Count == 1);
}
