using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Data;

/// <summary>
/// A rank's share of a micro-batch, as a run of positions in the step's global batch. A global batch is cut into micro-batches,
/// and each of them over the data ranks; part i of k starts at floor(i * n / k), so that nothing is lost where k does not divide
/// n, and a share may be empty.
/// </summary>
/// <param name="Offset">The first sample's position in the global batch.</param>
public readonly record struct BatchSlice(int Offset, int Count)
{
    /// <param name="globalCount">The samples of this step: the plan's global batch, or fewer in an epoch's last step.</param>
    public static BatchSlice Of(BatchPlan plan, int globalCount, int microBatch, int dataCoordinate) =>
        Of(plan, globalCount, microBatch).Part(dataCoordinate, plan.DataDegree);

    /// <summary>A whole micro-batch: what all data ranks have of it.</summary>
    public static BatchSlice Of(BatchPlan plan, int globalCount, int microBatch) =>
        new BatchSlice(0, globalCount).Part(microBatch, plan.MicroBatchCount);

    private BatchSlice Part(int index, int count)
    {
        var start = (int)((long)index * Count / count);
        var end = (int)((index + 1L) * Count / count);
        return new BatchSlice(Offset + start, end - start);
    }
}
