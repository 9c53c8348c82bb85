using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// What a list of actions moves, those that are alike counted together: the same for all ranks that have the list, but for each
/// one's place in a group.
/// </summary>
internal sealed class ListTraffic
{
    private readonly ImmutableArray<((CollectiveKind Kind, int Group, long Bytes, long ElementBytes) Issued, int Times)> collectives;

    private readonly int owner;

    private ListTraffic(ExecutionPlan plan, RankPlan rank)
    {
        (owner, var actions) = (rank.Rank, rank.Update);
        collectives =
        [
            .. actions
                .SelectMany(action => IssuedCollective.Of(action).Select(issued => (issued.Kind, issued.Group, issued.Bytes, ElementBytes(plan, action, issued))))
                .CountBy(issued => issued)
                .Select(same => (same.Key, same.Value)),
        ];
        MessageBytes = actions.Sum(action => Message.Received(0, action)?.Bytes ?? 0);
    }

    /// <summary>Of the messages that it receives.</summary>
    public long MessageBytes { get; }

    /// <summary>A function of ranks that looks through each list of a plan once, and of alike replicas through the first one's.</summary>
    public static Func<RankPlan, ListTraffic> OfRanks(ExecutionPlan plan)
    {
        var (alike, known) = (AlikeReplicas.Of(plan), new Dictionary<ImmutableArray<PlanAction>, ListTraffic>());
        return rank =>
        {
            var standIn = alike.StandIn(rank);
            if (!known.TryGetValue(standIn.Update, out var traffic))
                known.Add(standIn.Update, traffic = new ListTraffic(plan, standIn));
            return traffic;
        };
    }

    /// <summary>
    /// A rank's share of each collective. In a group that only the list's owner belongs to, the rank stands where the owner does:
    /// its own group is that one over again.
    /// </summary>
    public IEnumerable<(CollectiveKind Kind, long Bytes)> Shares(ExecutionPlan plan, int rank)
    {
        foreach (var (issued, times) in collectives)
        {
            var ranks = plan.Groups[issued.Group].Ranks;
            var place = ranks.IndexOf(rank) is >= 0 and var own ? own : ranks.IndexOf(owner);
            yield return (
                issued.Kind, checked(times * issued.Kind.MovedBytes(issued.Bytes, ranks.Length, place, issued.ElementBytes)));
        }
    }

    /// <summary>What a sum is cut into parts of: gradients' elements, a flag of overflow, or float64 sums of the step.</summary>
    private static long ElementBytes(ExecutionPlan plan, PlanAction action, IssuedCollective issued) => action switch
    {
        PlanAction.AllReduceMetrics or PlanAction.Clip => sizeof(double),
        PlanAction.ReduceGradients or PlanAction.SumSharedGradient or PlanAction.SumPartialGradients or PlanAction.GatherParameters =>
            plan.Program.Training.Precision.ElementBytes(),
        PlanAction.WidenGradients => sizeof(float),
        _ => issued.ElementBytes,
    };
}
