using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// The ranks of a group issue the same collectives in the same order with the same bytes, in groups that they belong to, and
/// a bucket's bytes are its elements': then none waits for a partner that never comes.
/// </summary>
internal static class CollectiveLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
    [
        .. Phase(plan, ranks, "update", rank => rank.Update),
        .. Phase(plan, ranks, "comparison", rank => rank.Compare),
        .. Phase(plan, ranks, "evaluation", rank => rank.Evaluate),
        .. BucketBytes(plan, ranks),
    ];

    private static IEnumerable<Diagnostic> Phase(
        ExecutionPlan plan, ImmutableArray<RankPlan> ranks, string phase, Func<RankPlan, ImmutableArray<PlanAction>> actions)
    {
        var issued = ranks.ToDictionary(rank => rank.Rank, rank => IssuedCollective.Of(actions(rank)));
        return
        [
            .. Strangers(plan, ranks, phase, issued),
            .. plan.Groups.SelectMany(group => Differences(plan, phase, group, issued, isBackground: false)),
            .. plan.Groups.SelectMany(group => Differences(plan, phase, group, issued, isBackground: true)),
        ];
    }

    private static IEnumerable<Diagnostic> Strangers(
        ExecutionPlan plan, ImmutableArray<RankPlan> ranks, string phase, Dictionary<int, ImmutableArray<IssuedCollective>> issued) =>
        from rank in ranks
        from collective in issued[rank.Rank]
        where collective.Group < 0 || collective.Group >= plan.Groups.Length
            || !plan.Groups[collective.Group].Ranks.Contains(rank.Rank)
        select ConsistencyErrors.CollectiveOutsideGroup(plan, rank, phase, collective.What, collective.Group);

    private static IEnumerable<Diagnostic> Differences(
        ExecutionPlan plan,
        string phase,
        GroupPlan group,
        Dictionary<int, ImmutableArray<IssuedCollective>> issued,
        bool isBackground)
    {
        int[] members = [.. group.Ranks.Where(issued.ContainsKey)];
        var expected = members.Length > 0 ? Through(issued[members[0]]) : [];
        foreach (var rank in members.Skip(1))
        {
            var actual = Through(issued[rank]);
            var place = Enumerable.Range(0, Math.Max(expected.Length, actual.Length))
                .FirstOrDefault(index => expected.ElementAtOrDefault(index) != actual.ElementAtOrDefault(index), -1);
            if (place >= 0)
                yield return ConsistencyErrors.CollectivesDiffer(
                    plan, phase, group, rank, place, Words(expected, place), Words(actual, place));
        }

        IssuedCollective[] Through(ImmutableArray<IssuedCollective> all) =>
            [.. all.Where(collective => collective.Group == group.Index && collective.IsBackground == isBackground)];
    }

    private static string Words(IssuedCollective[] collectives, int place) =>
        place < collectives.Length ? $"{collectives[place].What} ({collectives[place].Bytes} bytes)" : "nothing more";

    private static IEnumerable<Diagnostic> BucketBytes(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
        from rank in ranks
        from action in rank.Update
        from moved in Moved(action)
        let bucket = rank.Buckets.ElementAtOrDefault(moved.Bucket)
        let bytes = (bucket?.ElementCount ?? 0) * plan.Program.Training.Precision.ElementBytes()
            / (action is PlanAction.GatherParameters ? plan.Batch.DataDegree : 1)
        where bucket is null || bytes != moved.Bytes
        select ConsistencyErrors.BucketBytesDiffer(plan, rank, moved.Bucket, moved.Bytes, bytes);

    private static (int Bucket, long Bytes)[] Moved(PlanAction action) => action switch
    {
        PlanAction.ReduceGradients reduce => [(reduce.Bucket, reduce.Bytes)],
        PlanAction.GatherParameters gather => [(gather.Bucket, gather.Bytes)],
        _ => [],
    };
}
