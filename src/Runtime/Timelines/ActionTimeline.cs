using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Timelines;

/// <summary>
/// When each rank of a session did what: hand it over in the session's options, train, and take what was noted. Each rank
/// writes to a list of its own, so noting costs no lock.
/// </summary>
public sealed class ActionTimeline : IActionProbe
{
    private readonly List<TimedAction>[] noted;
    private readonly long[] starts;

    /// <param name="rankCount">The ranks of the session's plan.</param>
    public ActionTimeline(int rankCount)
    {
        noted = [.. Enumerable.Range(0, rankCount).Select(_ => new List<TimedAction>())];
        starts = new long[rankCount];
    }

    /// <summary>Each rank's actions since the last call, in order; to be called between two rounds of the session.</summary>
    public ImmutableArray<ImmutableArray<TimedAction>> Take()
    {
        ImmutableArray<ImmutableArray<TimedAction>> taken = [.. noted.Select(actions => actions.ToImmutableArray())];
        foreach (var actions in noted)
            actions.Clear();
        return taken;
    }

    void IActionProbe.Before(Rank rank, PlanAction action) => starts[rank.Own.Rank] = Stopwatch.GetTimestamp();

    void IActionProbe.After(Rank rank, PlanAction action)
    {
        var number = rank.Own.Rank;
        noted[number].Add(new TimedAction(action, starts[number], Stopwatch.GetTimestamp()));
    }
}
