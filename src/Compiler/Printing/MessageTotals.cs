using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>What one rank sends to another in an update.</summary>
/// <param name="Value">The index of the layer that gives the value.</param>
internal sealed record MessageTotals(int From, int To, int Value, bool IsGradient, int Times, long Bytes)
{
    /// <summary>Of alike replicas the lists of the first one are looked through.</summary>
    public static IEnumerable<MessageTotals> Of(ExecutionPlan plan)
    {
        var alike = AlikeReplicas.Of(plan);
        var known = new Dictionary<int, ImmutableArray<MessageTotals>>();
        foreach (var rank in plan.Ranks)
        {
            var standIn = alike.StandIn(rank);
            if (!known.TryGetValue(standIn.Rank, out var totals))
                known.Add(standIn.Rank, totals = [.. Of(standIn)]);
            foreach (var total in totals)
                yield return total with { From = rank.Rank, To = alike.PeerOf(rank, total.To) };
        }
    }

    private static IEnumerable<MessageTotals> Of(RankPlan rank) => rank.Update
        .Select(action => Message.Sent(rank.Rank, action))
        .OfType<Message>()
        .GroupBy(sent => (sent.To, sent.Value, sent.IsGradient))
        .Select(same => new MessageTotals(
            rank.Rank, same.Key.To, same.Key.Value, same.Key.IsGradient, same.Count(), same.Sum(sent => sent.Bytes)));

    /// <summary>Those that are the same in several replicas, together: from which ranks to which, in their order.</summary>
    public static IEnumerable<(ImmutableArray<int> From, ImmutableArray<int> To, MessageTotals First)> InReplicas(
        ExecutionPlan plan) => Of(plan)
        .GroupBy(total => (
            Pair: PlanNames.Peer(plan, total.From, total.To) + PlanNames.Peer(plan, total.To, total.From),
            total.Value,
            total.IsGradient,
            total.Times,
            total.Bytes))
        .Select(same => (
            same.Select(total => total.From).ToImmutableArray(), same.Select(total => total.To).ToImmutableArray(), same.First()));
}
