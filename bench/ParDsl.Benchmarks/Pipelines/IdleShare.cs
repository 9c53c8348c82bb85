using System.Collections.Immutable;
using ParDsl.Benchmarks.Rates;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Timelines;

namespace ParDsl.Benchmarks.Pipelines;

/// <summary>
/// The share of the ranks' time in which they compute no pass, from the first pass's start to the last one's end of each
/// update: the wait for others, and also what it costs to hand values over. Of several updates the median, since a machine
/// that takes a core away in one of them says nothing of the schedule.
/// </summary>
internal static class IdleShare
{
    /// <param name="timeline">Each rank's actions over some whole updates.</param>
    public static double Of(ImmutableArray<ImmutableArray<TimedAction>> timeline)
    {
        var ranks = timeline.Select(Updates).ToArray();
        return Median.Of([.. Enumerable.Range(0, ranks[0].Length).Select(update => OfUpdate([.. ranks.Select(updates => updates[update])]))]);
    }

    /// <param name="ranks">Each rank's passes of one update.</param>
    private static double OfUpdate(ImmutableArray<ImmutableArray<TimedAction>> ranks)
    {
        var passes = ranks.SelectMany(own => own).ToArray();
        var busy = passes.Sum(pass => pass.End - pass.Start);
        var whole = ranks.Length * (passes.Max(pass => pass.End) - passes.Min(pass => pass.Start));
        return 1 - ((double)busy / whole);
    }

    /// <summary>The passes of each update, which a step of the optimizer ends.</summary>
    private static ImmutableArray<ImmutableArray<TimedAction>> Updates(ImmutableArray<TimedAction> actions)
    {
        var updates = ImmutableArray.CreateBuilder<ImmutableArray<TimedAction>>();
        var passes = ImmutableArray.CreateBuilder<TimedAction>();
        foreach (var timed in actions)
        {
            if (timed.IsPass)
                passes.Add(timed);
            if (timed.Action is PlanAction.Step)
                updates.Add(passes.DrainToImmutable());
        }

        return updates.DrainToImmutable();
    }
}
