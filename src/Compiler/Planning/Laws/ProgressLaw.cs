using System.Collections.Immutable;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// No rank waits for ever. All ranks are let run side by side: each does its actions in order, waits for messages and for
/// partners of a collective, and background work goes on in its own order, or is done where it is waited for. Nothing in a plan
/// depends on timing, so what comes to its end once always does.
/// </summary>
internal static class ProgressLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
    [
        .. Phase(plan, ranks, "update", rank => rank.Update),
        .. Phase(plan, ranks, "comparison", rank => rank.Compare),
        .. Phase(plan, ranks, "evaluation", rank => rank.Evaluate),
    ];

    private static IEnumerable<Diagnostic> Phase(
        ExecutionPlan plan, ImmutableArray<RankPlan> ranks, string phase, Func<RankPlan, ImmutableArray<PlanAction>> actions)
    {
        var stuck = new ProgressSimulation(plan, [.. ranks.Select(rank => (rank.Rank, actions(rank)))]).Run();
        return stuck.Select(rank => ConsistencyErrors.NeverEnds(plan, phase, rank.Rank, rank.Action));
    }
}
