using System.Collections.Immutable;

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

    public static UpdateTraffic Of(ExecutionPlan plan, RankPlan rank) => OfRanks(plan)(rank);

    /// <summary>A function of ranks that looks through each list of a plan once.</summary>
    public static Func<RankPlan, UpdateTraffic> OfRanks(ExecutionPlan plan)
    {
        var lists = ListTraffic.OfRanks(plan);
        return rank => new(lists(rank).Shares(plan, rank.Rank).Sum(share => share.Bytes), lists(rank).MessageBytes);
    }

    /// <summary>What all ranks move in an update.</summary>
    public static long Total(ExecutionPlan plan)
    {
        var traffic = OfRanks(plan);
        return plan.Ranks.Sum(rank => traffic(rank).TotalBytes);
    }

    /// <summary>The same by what moves them: a collective's words, or "messages".</summary>
    public static ImmutableSortedDictionary<string, long> ByKind(ExecutionPlan plan)
    {
        var (bytes, lists) = (new SortedDictionary<string, long>(StringComparer.Ordinal), ListTraffic.OfRanks(plan));
        void Add(string kind, long more) => bytes[kind] = bytes.GetValueOrDefault(kind) + more;
        foreach (var rank in plan.Ranks)
        {
            foreach (var share in lists(rank).Shares(plan, rank.Rank))
                Add(share.Kind.Words(), share.Bytes);
            if (lists(rank).MessageBytes is > 0 and var received)
                Add("messages", received);
        }

        return bytes.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }
}
