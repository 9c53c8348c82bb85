using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Timelines;

/// <summary>
/// Takes note of when each rank does what in the first updates of a run, and of nothing after them: from then on an action
/// costs one look at a flag. Each rank writes to notes of its own.
/// </summary>
public sealed class UpdateTimeline : IActionProbe
{
    /// <summary>The last update that is noted.</summary>
    public const int LastUpdate = 20;

    /// <summary>From here on an update takes as long as later ones: caches are warm and code is compiled.</summary>
    private const int FirstSteady = 10;

    private readonly ImmutableArray<UpdateNotes> ranks;

    /// <param name="rankCount">The ranks of the session's plan.</param>
    public UpdateTimeline(int rankCount) => ranks = [.. Enumerable.Range(0, rankCount).Select(_ => new UpdateNotes())];

    /// <summary>
    /// The update that took the median time of those from the tenth on, or of a shorter run of all but the first; null where
    /// there is none. It is counted from 1, over this process.
    /// </summary>
    public long? Median
    {
        get
        {
            var complete = Enumerable.Range(2, LastUpdate - 1).Where(IsComplete).ToArray();
            var steady = complete.Where(update => update >= FirstSteady).ToArray();
            long[] byTime = [.. (steady.Length > 0 ? steady : complete).OrderBy(Ticks).Select(update => (long)update)];
            return byTime.Length == 0 ? null : byTime[byTime.Length / 2];
        }
    }

    /// <summary>What each rank of this process did in an update, in order; of a rank elsewhere nothing.</summary>
    public ImmutableArray<ImmutableArray<TimedAction>> Of(long update) => [.. ranks.Select(rank => rank.Of(update))];

    void IActionProbe.Before(Rank rank, PlanAction action) => ranks[rank.Own.Rank].Before(rank.Own, action);

    void IActionProbe.After(Rank rank, PlanAction action) => ranks[rank.Own.Rank].After(rank.Own, action);

    private bool IsComplete(int update) => ranks.Any(rank => rank.Has(update)) && ranks.All(rank => rank.IsSilent || rank.Has(update));

    private long Ticks(int update)
    {
        var actions = Of(update).Where(noted => !noted.IsEmpty).ToArray();
        return actions.Max(noted => noted[^1].End) - actions.Min(noted => noted[0].Start);
    }
}
