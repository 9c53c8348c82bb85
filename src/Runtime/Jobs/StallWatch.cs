using System.Collections.Immutable;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Jobs;

/// <summary>
/// Tells a job that hangs from one that works: no rank has done an action or a collective for the limit, while all of them are
/// at work. Where one prepares, tells or saves, nobody knows how long that takes, and the time counts from anew.
/// </summary>
internal sealed class StallWatch(StallLimit limit)
{
    private ImmutableArray<long> counts = [];
    private ImmutableArray<TimeSpan> changes = [];
    private TimeSpan longest;
    private TimeSpan start;

    /// <summary>Looks at what the ranks have last said.</summary>
    /// <param name="now">The time, from any beginning; it never goes back.</param>
    /// <returns>Null where the job is not stalled.</returns>
    public Stall? Look(ImmutableArray<RankPulse> ranks, TimeSpan now)
    {
        if (!ranks.All(rank => rank.IsAtWork))
        {
            Restart(ranks, now);
            return null;
        }

        if (Note(ranks, now))
            return null;
        var time = now - start;
        return time > Limit(ranks) ? Found(ranks, time) : null;
    }

    /// <summary>Time that this process was not there for says nothing of the ranks.</summary>
    public void Restart() => counts = [];

    private void Restart(ImmutableArray<RankPulse> ranks, TimeSpan now)
    {
        counts = [.. ranks.Select(rank => rank.DoneCount)];
        changes = [.. ranks.Select(_ => now)];
        start = now;
    }

    /// <returns>Whether some rank has come on.</returns>
    private bool Note(ImmutableArray<RankPulse> ranks, TimeSpan now)
    {
        if (counts.Length != ranks.Length)
        {
            Restart(ranks, now);
            return true;
        }

        var before = counts;
        counts = [.. ranks.Select(rank => rank.DoneCount)];
        changes = [.. changes.Select((change, rank) => counts[rank] == before[rank] ? change : now)];
        if (counts.SequenceEqual(before))
            return false;
        if (HaveUpdated(ranks) && now - start > longest)
            longest = now - start;
        start = now;
        return true;
    }

    private TimeSpan Limit(ImmutableArray<RankPulse> ranks)
    {
        if (!HaveUpdated(ranks))
            return limit.First;
        var known = limit.Times * longest;
        return known > limit.Later ? known : limit.Later;
    }

    private static bool HaveUpdated(ImmutableArray<RankPulse> ranks) => ranks.All(rank => rank.HasUpdated);

    /// <summary>Of those that do not wait for others, else of all, the one that has come to a stop first.</summary>
    private Stall Found(ImmutableArray<RankPulse> ranks, TimeSpan time)
    {
        var working = Enumerable.Range(0, ranks.Length).Where(rank => !ranks[rank].IsWaiting).ToArray();
        var suspects = working.Length > 0 ? working : [.. Enumerable.Range(0, ranks.Length)];
        return new Stall(suspects.MinBy(rank => changes[rank]), working.Length == 0, time);
    }
}
