using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Timelines;

namespace ParDsl.Benchmarks.Pipelines;

/// <summary>
/// The share of the ranks' time in which they compute no pass, from the first pass's start to the last one's end of each
/// update: the wait for others, and also what it costs to hand values over.
/// </summary>
internal static class IdleShare
{
    /// <param name="timeline">Each rank's actions over some whole updates.</param>
    public static double Of(ImmutableArray<ImmutableArray<TimedAction>> timeline)
    {
        var ranks = timeline.Select(Updates).ToArray();
        var (busy, whole) = (0L, 0L);
        for (var update = 0; update < ranks[0].Length; update++)
        {
            var passes = ranks.SelectMany(updates => updates[update]).ToArray();
            busy += passes.Sum(pass => pass.End - pass.Start);
            whole += ranks.Length * (passes.Max(pass => pass.End) - passes.Min(pass => pass.Start));
        }

        return 1 - (double)busy / whole;
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
