using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// A rank takes each micro-batch forward and then backward through each of its segments, once; it reduces a bucket when all
/// its gradients are there and never after; it sums once what tensor ranks have parts of; where the precision has masters,
/// it widens their sums once; it clips then, if the program asks for it; and it steps once.
/// </summary>
internal static class UpdateLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
        ranks.SelectMany(rank => Findings(plan, rank));

    private static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, RankPlan rank) =>
    [
        .. Strangers(plan, rank),
        .. Passes(plan, rank),
        .. Evaluation(plan, rank),
        .. Reductions(plan, rank),
        .. Ending(plan, rank),
        .. Partial(plan, rank),
    ];

    private static IEnumerable<Diagnostic> Strangers(ExecutionPlan plan, RankPlan rank) => rank.Update
        .Concat(rank.Evaluate)
        .Select(WorkOf)
        .Where(work => work.Word.Length > 0)
        .Select(work => work.Place.Segment)
        .Distinct()
        .Where(work => rank.Segments.All(segment => segment.Index != work))
        .Select(segment => ConsistencyErrors.NoSuchSegment(plan, rank, segment));

    private static IEnumerable<Diagnostic> Passes(ExecutionPlan plan, RankPlan rank)
    {
        var found = rank.Update.Select(WorkOf).Where(work => work.Word.Length > 0).ToLookup(work => work.Place, work => work.Word);
        var places = found.Select(work => work.Key).ToLookup(place => place.Segment);
        foreach (var segment in rank.Segments)
        {
            ImmutableArray<string> again = segment.IsRecomputed ? ["recompute"] : [];
            ImmutableArray<string> whole = ["forward", .. again, "backward"];
            ImmutableArray<string> split = ["forward", .. again, "input gradient", "weight gradient"];
            foreach (var place in Places(plan, places[segment.Index], segment))
            {
                if (!found[place].SequenceEqual(whole) && !found[place].SequenceEqual(split))
                    yield return ConsistencyErrors.MicroBatchDisordered(
                        plan, rank, place.MicroBatch, segment.Index, [.. found[place]], whole);
            }
        }
    }

    private static IEnumerable<Diagnostic> Evaluation(ExecutionPlan plan, RankPlan rank)
    {
        var found = rank.Evaluate.Select(WorkOf).Where(work => work.Word.Length > 0).ToLookup(work => work.Place, work => work.Word);
        var places = found.Select(work => work.Key).ToLookup(place => place.Segment);
        foreach (var segment in rank.Segments)
        {
            foreach (var place in Places(plan, places[segment.Index], segment))
            {
                if (!found[place].SequenceEqual(["forward"]))
                    yield return ConsistencyErrors.MicroBatchDisordered(
                        plan, rank, place.MicroBatch, segment.Index, [.. found[place]], ["forward"]);
            }
        }

        var holdsLoss = rank.Segments.Any(segment => segment.Holds(plan.Program.Model.Layers.Length - 1));
        var measured = rank.Evaluate.OfType<PlanAction.Measure>().Select(measure => measure.MicroBatch).Order();
        if (!measured.SequenceEqual(holdsLoss ? Enumerable.Range(0, plan.Batch.MicroBatchCount) : []))
            yield return ConsistencyErrors.NotMeasuredOnce(plan, rank);
    }

    private static IEnumerable<(int MicroBatch, int Segment)> Places(
        ExecutionPlan plan, IEnumerable<(int MicroBatch, int Segment)> found, SegmentPlan segment) => Enumerable
        .Range(0, plan.Batch.MicroBatchCount)
        .Select(microBatch => (microBatch, segment.Index))
        .Union(found);

    private static ((int MicroBatch, int Segment) Place, string Word) WorkOf(PlanAction action) => action switch
    {
        PlanAction.Forward forward => ((forward.MicroBatch, forward.Segment), "forward"),
        PlanAction.Recompute again => ((again.MicroBatch, again.Segment), "recompute"),
        PlanAction.Backward backward => ((backward.MicroBatch, backward.Segment), "backward"),
        PlanAction.InputGradient backward => ((backward.MicroBatch, backward.Segment), "input gradient"),
        PlanAction.WeightGradient late => ((late.MicroBatch, late.Segment), "weight gradient"),
        _ => ((-1, -1), ""),
    };

    private static IEnumerable<Diagnostic> Reductions(ExecutionPlan plan, RankPlan rank)
    {
        var expected = plan.GroupOf(rank.Rank, MeshAxis.Data) is null
            ? 0
            : plan.Shard >= ShardLevel.Gradients ? plan.Batch.MicroBatchCount : 1;
        var histories = BucketHistory.Of(rank);
        foreach (var bucket in rank.Buckets)
        {
            var history = histories[bucket.Index];
            if (history.ReductionCount != expected)
                yield return ConsistencyErrors.BucketReducedOtherwise(plan, rank, bucket, history.ReductionCount, expected);
            else if (expected > 0 && history.LastReduction < history.LastFill)
                yield return ConsistencyErrors.ReducedBeforeBackward(plan, rank, bucket);
            if (plan.Shard == ShardLevel.Parameters && !history.IsFetchedForEveryUse)
                yield return ConsistencyErrors.UsedWithoutParameters(plan, rank, bucket);
        }
    }

    private static IEnumerable<Diagnostic> Ending(ExecutionPlan plan, RankPlan rank)
    {
        var steps = Indices(rank, action => action is PlanAction.Step);
        var lastWork = Indices(rank, action => WorkOf(action).Word.Length > 0 || action is PlanAction.ReduceGradients
            or PlanAction.AwaitGradients or PlanAction.SumSharedGradient or PlanAction.SumPartialGradients
            or PlanAction.WidenGradients or PlanAction.Clip).LastOrDefault(-1);
        if (steps.Length != 1 || steps[0] < lastWork)
            yield return ConsistencyErrors.NotSteppedOnceAndLast(plan, rank, steps.Length);

        var expected = plan.Program.Training.ClipNorm;
        var clips = Indices(rank, action => action is PlanAction.Clip);
        var norms = rank.Update.OfType<PlanAction.Clip>().Select(clip => clip.MaximumNorm);
        var reduced = Indices(rank, action => action is PlanAction.ReduceGradients or PlanAction.AwaitGradients
            or PlanAction.SumSharedGradient or PlanAction.SumPartialGradients).LastOrDefault(-1);
        if (!norms.SequenceEqual(expected > 0 ? [expected] : []) || clips.Any(clip => clip < reduced))
            yield return ConsistencyErrors.NotClippedOnce(plan, rank);
        var widened = Indices(rank, action => action is PlanAction.WidenGradients);
        var isWidenedInTime = widened.All(index => index > reduced && clips.All(clip => clip > index));
        if (widened.Length != (plan.Program.Training.Precision.HasMasters() ? 1 : 0) || !isWidenedInTime)
            yield return ConsistencyErrors.NotWidenedOnce(plan, rank);
    }

    /// <summary>What tensor ranks have parts of is summed once, when it is whole over micro-batches and data ranks.</summary>
    private static IEnumerable<Diagnostic> Partial(ExecutionPlan plan, RankPlan rank)
    {
        var bytes = PartialGradients.Of(plan, rank) * plan.Program.Training.Precision.ElementBytes();
        var group = plan.GroupOf(rank.Rank, MeshAxis.Tensor)?.Index;
        var sums = rank.Update.OfType<PlanAction.SumPartialGradients>().ToArray();
        var places = Indices(rank, action => action is PlanAction.SumPartialGradients);
        var filled = Indices(rank, action => WorkOf(action).Word.Length > 0 || action is PlanAction.ReduceGradients
            or PlanAction.AwaitGradients).LastOrDefault(-1);
        if (!sums.Select(sum => sum.Bytes).SequenceEqual(bytes > 0 ? [bytes] : [])
            || sums.Any(sum => sum.Group != group) || places.Any(sum => sum < filled))
            yield return ConsistencyErrors.PartialNotSummedOnce(
                plan, rank, sums.Where(sum => sum.Group == group).Sum(sum => sum.Bytes), bytes);
    }

    private static ImmutableArray<int> Indices(RankPlan rank, Func<PlanAction, bool> holds) =>
        [.. rank.Update.Index().Where(action => holds(action.Item)).Select(action => action.Index)];
}
