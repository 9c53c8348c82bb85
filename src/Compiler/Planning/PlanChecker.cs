using System.Collections.Immutable;
using ParDsl.Compiler.Planning.Laws;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Proves before launch that a plan can run and learns what one device would: it comes out without a finding, or with all
/// of them. The planner is not asked: a plan that anyone made or changed is held to the same laws.
/// </summary>
public static class PlanChecker
{
    /// <summary>
    /// The mesh is looked at rank by rank. All other laws speak of lists of actions, and of groups by their members, so they hold
    /// for a replica where they hold for one that could change places with it (<see cref="AlikeReplicas"/>): they are proved for
    /// the ranks that stand for all. Where one of them is broken, all ranks are gone through, and the findings name each.
    /// </summary>
    public static ImmutableArray<Diagnostic> Check(ExecutionPlan plan)
    {
        ImmutableArray<Diagnostic> mesh = [.. MeshLaw.Findings(plan)];
        if (!mesh.IsEmpty)
            return [.. mesh, .. SegmentLaw.Findings(plan, plan.Ranks)];
        var ranks = AlikeReplicas.Of(plan).Ranks;
        var findings = Check(plan, ranks);
        return findings.IsEmpty || ranks.Length == plan.Ranks.Length ? findings : Check(plan, plan.Ranks);
    }

    private static ImmutableArray<Diagnostic> Check(ExecutionPlan plan, ImmutableArray<RankPlan> ranks)
    {
        ImmutableArray<Diagnostic> segments = [.. SegmentLaw.Findings(plan, ranks)];
        if (!segments.IsEmpty)
            return segments;
        ImmutableArray<Diagnostic> findings =
        [
            .. BucketLaw.Findings(plan, ranks),
            .. BatchLaw.Findings(plan),
            .. UpdateLaw.Findings(plan, ranks),
            .. AwaitLaw.Findings(plan, ranks),
            .. FlowLaw.Findings(plan, ranks),
            .. CollectiveLaw.Findings(plan, ranks),
            .. MessageLaw.Findings(plan, ranks),
        ];
        // Ranks that do not agree on what they do cannot come to an end together.
        return findings.IsEmpty ? [.. ProgressLaw.Findings(plan, ranks)] : findings;
    }
}
