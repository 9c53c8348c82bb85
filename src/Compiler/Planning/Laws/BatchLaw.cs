using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// The parts of a batch are equal and tile it: as many micro-batches as the program says, one slice for each data rank.
/// </summary>
internal static class BatchLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan)
    {
        var (batch, training) = (plan.Batch, plan.Program.Training);
        if (batch.GlobalBatch != training.GlobalBatch || batch.MicroBatchCount != training.Accumulate)
            yield return ConsistencyErrors.ForeignBatch(plan);
        if (batch.DataDegree != DataDegree(plan))
            yield return ConsistencyErrors.UnsharedBatch(plan, DataDegree(plan));
        if ((long)batch.RankMicroBatch * batch.MicroBatchCount * batch.DataDegree != batch.GlobalBatch)
            yield return ConsistencyErrors.UntiledBatch(plan);
    }

    private static int DataDegree(ExecutionPlan plan) =>
        plan.Mesh.Axes.Where(axis => axis.Name == MeshAxis.Data).Select(axis => axis.Degree).SingleOrDefault(1);
}
