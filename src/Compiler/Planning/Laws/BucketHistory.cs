using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>What happens to one bucket in a rank's update.</summary>
internal sealed class BucketHistory
{
    private bool isHere;

    /// <summary>The place of the last action that adds to its gradients; -1 where none does.</summary>
    public int LastFill { get; private set; } = -1;

    public int ReductionCount { get; private set; }

    /// <summary>The place of the last reduction; -1 where there is none.</summary>
    public int LastReduction { get; private set; } = -1;

    /// <summary>Whether every pass that needs the bucket's parameters comes between their arrival and their release.</summary>
    public bool IsFetchedForEveryUse { get; private set; } = true;

    /// <summary>Of all of a rank's buckets, in one walk through its list.</summary>
    public static Dictionary<int, BucketHistory> Of(RankPlan rank)
    {
        var histories = rank.Buckets.ToDictionary(bucket => bucket.Index, _ => new BucketHistory());
        foreach (var (place, action) in rank.Update.Index())
        {
            foreach (var bucket in BucketsOf(rank, action))
            {
                if (histories.TryGetValue(bucket, out var history))
                    history.Note(action, place);
            }
        }

        return histories;
    }

    private static ImmutableArray<int> BucketsOf(RankPlan rank, PlanAction action) => action switch
    {
        PlanAction.ReduceGradients reduce => [reduce.Bucket],
        PlanAction.AwaitParameters wait => [wait.Bucket],
        PlanAction.ReleaseParameters release => [release.Bucket],
        PlanAction.Forward forward => Of(forward.Segment, rank),
        PlanAction.Recompute again => Of(again.Segment, rank),
        PlanAction.Backward backward => Of(backward.Segment, rank),
        PlanAction.InputGradient backward => Of(backward.Segment, rank),
        PlanAction.WeightGradient late => Of(late.Segment, rank),
        _ => [],
    };

    private static ImmutableArray<int> Of(int segment, RankPlan rank) => rank.Segments.ElementAtOrDefault(segment)?.Buckets ?? [];

    /// <summary>A weight's gradient is made of what came in and what came back: the weight itself has no part in it.</summary>
    private void Note(PlanAction action, int place)
    {
        switch (action)
        {
            case PlanAction.ReduceGradients: (ReductionCount, LastReduction) = (ReductionCount + 1, place); break;
            case PlanAction.AwaitParameters: isHere = true; break;
            case PlanAction.ReleaseParameters: isHere = false; break;
            case PlanAction.WeightGradient: LastFill = place; break;
            default:
                IsFetchedForEveryUse &= isHere;
                if (action is PlanAction.Backward or PlanAction.InputGradient)
                    LastFill = place;
                break;
        }
    }
}
