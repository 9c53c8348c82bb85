using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// A rank loads each micro-batch, runs it forward and then backward, each once; reduces every bucket once in each of its
/// groups when all gradients are there; clips after that if the program asks for it; and steps once, last.
/// </summary>
internal static class UpdateLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan) => plan.Ranks.SelectMany(rank => Findings(plan, rank));

    private static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, RankPlan rank) =>
        [.. MicroBatches(plan, rank), .. Evaluation(plan, rank), .. Reductions(plan, rank), .. Ending(plan, rank)];

    private static IEnumerable<Diagnostic> MicroBatches(ExecutionPlan plan, RankPlan rank)
    {
        var order = rank.Update
            .Select(WorkOf)
            .Where(work => work.MicroBatch >= 0)
            .ToLookup(work => work.MicroBatch, work => work.Word);
        return Unordered(plan, rank, order, ["load", "forward", "backward"]);
    }

    private static IEnumerable<Diagnostic> Evaluation(ExecutionPlan plan, RankPlan rank)
    {
        var order = rank.Evaluate
            .Select(WorkOf)
            .Where(work => work.MicroBatch >= 0)
            .ToLookup(work => work.MicroBatch, work => work.Word);
        return Unordered(plan, rank, order, ["load", "forward", "measure"]);
    }

    private static IEnumerable<Diagnostic> Unordered(
        ExecutionPlan plan,
        RankPlan rank,
        ILookup<int, string> order,
        ImmutableArray<string> expected) =>
        from microBatch in Enumerable.Range(0, plan.Batch.MicroBatchCount).Union(order.Select(work => work.Key))
        where microBatch >= plan.Batch.MicroBatchCount || !order[microBatch].SequenceEqual(expected)
        select ConsistencyErrors.MicroBatchDisordered(plan, rank, microBatch, [.. order[microBatch]], expected);

    private static (int MicroBatch, string Word) WorkOf(PlanAction action) => action switch
    {
        PlanAction.Load load => (load.MicroBatch, "load"),
        PlanAction.Forward forward => (forward.MicroBatch, "forward"),
        PlanAction.Backward backward => (backward.MicroBatch, "backward"),
        PlanAction.Measure measure => (measure.MicroBatch, "measure"),
        _ => (-1, ""),
    };

    private static IEnumerable<Diagnostic> Reductions(ExecutionPlan plan, RankPlan rank)
    {
        var lastBackward = LastIndex<PlanAction.Backward>(rank.Update);
        var reductions = rank.Update.Index().Where(action => action.Item is PlanAction.AllReduceGradients).ToArray();
        foreach (var group in plan.Groups.Where(group => group.Axis == MeshAxis.Data && group.Ranks.Contains(rank.Rank)))
        {
            foreach (var bucket in plan.Buckets)
            {
                var times = reductions.Count(reduction =>
                    reduction.Item is PlanAction.AllReduceGradients action && action.Bucket == bucket.Index
                        && action.Group == group.Index);
                if (times != 1)
                    yield return ConsistencyErrors.BucketNotReducedOnce(plan, rank, bucket, group, times);
            }
        }

        if (reductions.Any(reduction => reduction.Index < lastBackward))
            yield return ConsistencyErrors.ReducedBeforeBackward(plan, rank);
    }

    private static IEnumerable<Diagnostic> Ending(ExecutionPlan plan, RankPlan rank)
    {
        var steps = rank.Update.Count(action => action is PlanAction.Step);
        if (steps != 1 || rank.Update.LastOrDefault() is not PlanAction.Step)
            yield return ConsistencyErrors.NotSteppedOnceAndLast(plan, rank, steps);

        var expected = plan.Program.Training.ClipNorm;
        var clips = rank.Update.OfType<PlanAction.Clip>().Select(clip => clip.MaximumNorm);
        var isInOrder = expected == 0
            || LastIndex<PlanAction.Clip>(rank.Update) > LastIndex<PlanAction.AllReduceGradients>(rank.Update);
        if (!isInOrder || !clips.SequenceEqual(expected > 0 ? [expected] : []))
            yield return ConsistencyErrors.NotClippedOnce(plan, rank);
    }

    private static int LastIndex<TAction>(ImmutableArray<PlanAction> actions)
        where TAction : PlanAction =>
        actions.Index().Where(action => action.Item is TAction).Select(action => action.Index).LastOrDefault(-1);
}
