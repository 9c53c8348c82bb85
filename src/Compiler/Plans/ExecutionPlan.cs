using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The program laid out over devices: who owns what, who does what in which order, and which bytes move. It is all that the
/// runtime is given.
/// </summary>
/// <param name="Strategy">The layout in the language's words: <c>single device</c>, <c>data 4</c>.</param>
/// <param name="Notes">What the user should know before the run: that virtual devices stand in for GPUs, say.</param>
public sealed record ExecutionPlan(
    CheckedProgram Program,
    HardwareDescription Hardware,
    string Strategy,
    Mesh Mesh,
    BatchPlan Batch,
    ImmutableArray<GradientBucket> Buckets,
    ImmutableArray<GroupPlan> Groups,
    ImmutableArray<RankPlan> Ranks,
    ImmutableArray<string> Notes)
{
    public long ParameterCount => Program.Model.ParameterCount;
}
