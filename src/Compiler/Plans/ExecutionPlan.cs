using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Costs;
using ParDsl.Compiler.Hardware;

namespace ParDsl.Compiler.Plans;

/// <summary>
/// The program laid out over devices: who owns what, who does what in which order, and which bytes move. It is all that the
/// runtime is given.
/// </summary>
/// <param name="Strategy">The layout in the language's words: <c>single device</c>, <c>data 4</c>.</param>
/// <param name="Shard">What the data ranks keep only a part of.</param>
/// <param name="Tensor">How tensor ranks share the layers.</param>
/// <param name="Notes">What the user should know before the run: that virtual devices stand in for GPUs, say.</param>
public sealed record ExecutionPlan(
    CheckedProgram Program,
    HardwareDescription Hardware,
    string Strategy,
    Mesh Mesh,
    BatchPlan Batch,
    ShardLevel Shard,
    TensorPlan Tensor,
    ImmutableArray<GroupPlan> Groups,
    ImmutableArray<RankPlan> Ranks,
    ImmutableArray<string> Notes)
{
    /// <summary>What moves the bytes between the ranks.</summary>
    public required EnginePlan Engine { get; init; }

    /// <summary>How long an update will take; null where nothing is known of the hardware's speed.</summary>
    public StepPrediction? Prediction { get; init; }

    /// <summary>The layouts that were compared, the fastest first; empty where the program says its layout itself.</summary>
    public ImmutableArray<LayoutCandidate> Candidates { get; init; } = [];

    /// <summary>The layers with the shapes that one rank has.</summary>
    public CheckedModel LocalModel => Tensor.LocalModel;

    public long ParameterCount => Program.Model.ParameterCount;

    /// <summary>The group of an axis that a rank belongs to; null where the axis has one rank.</summary>
    public GroupPlan? GroupOf(int rank, string axis) =>
        Groups.FirstOrDefault(group => group.Axis == axis && group.Ranks.Contains(rank));
}
