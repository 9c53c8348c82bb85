using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// What goes on in the background is waited for in time: a bucket's reduction before anything adds to its gradients again or
/// uses their sum, and a fetching of parameters before the list's end.
/// </summary>
internal static class AwaitLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) => ranks.SelectMany(rank => rank.Buckets
        .SelectMany(bucket => (Diagnostic[])[.. Reduction(plan, rank, bucket), .. Fetching(plan, rank, bucket)]));

    private static IEnumerable<Diagnostic> Reduction(ExecutionPlan plan, RankPlan rank, GradientBucket bucket)
    {
        var isOnItsWay = false;
        foreach (var action in rank.Update)
        {
            isOnItsWay = action switch
            {
                PlanAction.ReduceGradients { IsBackground: true } reduce when reduce.Bucket == bucket.Index => true,
                PlanAction.AwaitGradients wait when wait.Bucket == bucket.Index => false,
                _ => isOnItsWay,
            };
            if (isOnItsWay && Uses(rank, bucket, action))
            {
                yield return ConsistencyErrors.UsedBeforeReduced(plan, rank, bucket, action);
                yield break;
            }
        }
    }

    private static bool Uses(RankPlan rank, GradientBucket bucket, PlanAction action) => action switch
    {
        PlanAction.Backward backward => Fills(rank, bucket, backward.Segment),
        PlanAction.InputGradient backward => Fills(rank, bucket, backward.Segment),
        PlanAction.WeightGradient late => Fills(rank, bucket, late.Segment),
        PlanAction.SumSharedGradient or PlanAction.SumPartialGradients or PlanAction.WidenGradients or PlanAction.Clip
            or PlanAction.Step => true,
        _ => false,
    };

    private static bool Fills(RankPlan rank, GradientBucket bucket, int segment) =>
        rank.Segments.ElementAtOrDefault(segment)?.Buckets.Contains(bucket.Index) == true;

    private static IEnumerable<Diagnostic> Fetching(ExecutionPlan plan, RankPlan rank, GradientBucket bucket)
    {
        var last = rank.Update.LastOrDefault(action => action is PlanAction.GatherParameters { IsBackground: true } gather
                && gather.Bucket == bucket.Index
            || action is PlanAction.AwaitParameters wait && wait.Bucket == bucket.Index);
        if (last is PlanAction.GatherParameters)
            yield return ConsistencyErrors.NeverAwaited(plan, rank, bucket);
    }
}
