using System.Collections.Immutable;
using ParDsl.Compiler.Checked;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The bytes that one rank moves in an update of a whole batch: its share of each collective, and the messages that it gets.
/// The ranks of one machine count the same while they run, to the byte.
/// </summary>
/// <param name="CollectiveBytes">Read from others or written to them, over all groups.</param>
/// <param name="MessageBytes">Values and gradients from other stages; each is counted where it arrives.</param>
public sealed record UpdateTraffic(long CollectiveBytes, long MessageBytes)
{
    public long TotalBytes => checked(CollectiveBytes + MessageBytes);

    public static UpdateTraffic Of(ExecutionPlan plan, RankPlan rank) => new(
        rank.Update.Sum(action => IssuedCollective.Of(action).Sum(issued => Share(plan, rank, action, issued))),
        rank.Update.Sum(action => Message.Received(rank.Rank, action)?.Bytes ?? 0));

    /// <summary>What all ranks move in an update.</summary>
    public static long Total(ExecutionPlan plan) => plan.Ranks.Sum(rank => Of(plan, rank).TotalBytes);

    /// <summary>The same by what moves them: a collective's words, or "messages".</summary>
    public static ImmutableSortedDictionary<string, long> ByKind(ExecutionPlan plan)
    {
        var bytes = new SortedDictionary<string, long>(StringComparer.Ordinal);
        void Add(string kind, long more) => bytes[kind] = bytes.GetValueOrDefault(kind) + more;
        foreach (var rank in plan.Ranks)
        {
            foreach (var action in rank.Update)
            {
                foreach (var issued in IssuedCollective.Of(action))
                    Add(issued.Kind.Words(), Share(plan, rank, action, issued));
                if (Message.Received(rank.Rank, action) is { } received)
                    Add("messages", received.Bytes);
            }
        }

        return bytes.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    private static long Share(ExecutionPlan plan, RankPlan rank, PlanAction action, IssuedCollective issued)
    {
        var ranks = plan.Groups[issued.Group].Ranks;
        return issued.Kind.MovedBytes(issued.Bytes, ranks.Length, ranks.IndexOf(rank.Rank), ElementBytes(plan, action, issued));
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
