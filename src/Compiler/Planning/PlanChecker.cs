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
    public static ImmutableArray<Diagnostic> Check(ExecutionPlan plan)
    {
        ImmutableArray<Diagnostic> mesh = [.. MeshLaw.Findings(plan), .. SegmentLaw.Findings(plan)];
        if (!mesh.IsEmpty)
            return mesh;
        ImmutableArray<Diagnostic> findings =
        [
            .. BucketLaw.Findings(plan),
            .. BatchLaw.Findings(plan),
            .. UpdateLaw.Findings(plan),
            .. AwaitLaw.Findings(plan),
            .. FlowLaw.Findings(plan),
            .. CollectiveLaw.Findings(plan),
            .. MessageLaw.Findings(plan),
        ];
        // Ranks that do not agree on what they do cannot come to an end together.
        return findings.IsEmpty ? [.. ProgressLaw.Findings(plan)] : findings;
    }
}
