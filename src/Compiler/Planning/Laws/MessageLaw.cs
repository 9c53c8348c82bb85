using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>Every message that is sent is received once by the rank that it is for, with the same bytes, and none else.</summary>
internal static class MessageLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
    [
        .. Phase(plan, ranks, "update", rank => rank.Update),
        .. Phase(plan, ranks, "evaluation", rank => rank.Evaluate),
    ];

    private static IEnumerable<Diagnostic> Phase(
        ExecutionPlan plan, ImmutableArray<RankPlan> ranks, string phase, Func<RankPlan, ImmutableArray<PlanAction>> actions)
    {
        var sent = ranks.SelectMany(rank => actions(rank).Select(action => Message.Sent(rank.Rank, action))).OfType<Message>();
        var received = ranks
            .SelectMany(rank => actions(rank).Select(action => Message.Received(rank.Rank, action)))
            .OfType<Message>();
        var (sends, receives) = (sent.CountBy(message => message).ToDictionary(), received.CountBy(message => message).ToDictionary());
        foreach (var message in sends.Keys.Union(receives.Keys))
        {
            var (given, taken) = (sends.GetValueOrDefault(message), receives.GetValueOrDefault(message));
            if (given != 1 || taken != 1)
                yield return ConsistencyErrors.MessageUnmatched(plan, phase, message, given, taken);
        }
    }
}
