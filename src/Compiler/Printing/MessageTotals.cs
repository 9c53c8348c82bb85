using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Printing;

/// <summary>What one rank sends to another in an update.</summary>
internal sealed record MessageTotals(int From, int To, string What, int Times, long Bytes)
{
    public static IEnumerable<MessageTotals> Of(ExecutionPlan plan) => plan.Ranks.SelectMany(rank => rank.Update
        .Select(Sent)
        .Where(sent => sent.Peer >= 0)
        .GroupBy(sent => (sent.Peer, sent.What))
        .Select(same => new MessageTotals(
            rank.Rank, same.Key.Peer, same.Key.What, same.Count(), same.Sum(sent => sent.Bytes))));

    private static (int Peer, string What, long Bytes) Sent(PlanAction action) => action switch
    {
        PlanAction.SendValue send => (send.Peer, $"value {send.Value}", send.Bytes),
        PlanAction.SendGradient send => (send.Peer, $"gradient {send.Value}", send.Bytes),
        _ => (-1, "", 0),
    };
}
