using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// The parts of a batch are equal and tile it: a multiple of the micro-batches that the program says, one slice for each
/// data rank.
/// </summary>
internal static class BatchLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan)
    {
        var (batch, training) = (plan.Batch, plan.Program.Training);
        if (batch.GlobalBatch != training.GlobalBatch || batch.MicroBatchCount % training.Accumulate != 0)
            yield return ConsistencyErrors.ForeignBatch(plan);
        if (batch.DataDegree != plan.Mesh.Degree(MeshAxis.Data))
            yield return ConsistencyErrors.UnsharedBatch(plan, plan.Mesh.Degree(MeshAxis.Data));
        if ((long)batch.RankMicroBatch * batch.MicroBatchCount * batch.DataDegree != batch.GlobalBatch)
            yield return ConsistencyErrors.UntiledBatch(plan);
    }
}
