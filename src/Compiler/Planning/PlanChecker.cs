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
        ImmutableArray<Diagnostic> mesh = [.. MeshLaw.Findings(plan)];
        return mesh.IsEmpty
            ?
            [
                .. BucketLaw.Findings(plan),
                .. BatchLaw.Findings(plan),
                .. UpdateLaw.Findings(plan),
                .. CollectiveLaw.Findings(plan),
            ]
            : mesh;
    }
}
