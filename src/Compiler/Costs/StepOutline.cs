using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What a step is predicted from: a rank of each place of the pipeline. The others do the same at the same time: replicas and
/// tensor ranks have equal parts and meet in the same collectives.
/// </summary>
/// <param name="LocalModel">The layers with the shapes that one rank has.</param>
/// <param name="Groups">Those that the ranks belong to.</param>
/// <param name="Ranks">One for each place of the pipeline.</param>
/// <param name="Devices">Of all ranks of the world.</param>
internal sealed record StepOutline(
    CheckedProgram Program,
    CheckedModel LocalModel,
    Mesh Mesh,
    BatchPlan Batch,
    ShardLevel Shard,
    ImmutableArray<GroupPlan> Groups,
    ImmutableArray<RankPlan> Ranks,
    ImmutableArray<DeviceDescription> Devices)
{
    private readonly Dictionary<int, GroupPlan> byIndex = Groups.ToDictionary(group => group.Index);

    public static StepOutline Of(ExecutionPlan plan) => new(
        plan.Program,
        plan.LocalModel,
        plan.Mesh,
        plan.Batch,
        plan.Shard,
        plan.Groups,
        [.. plan.Ranks.DistinctBy(rank => plan.Mesh.Coordinate(rank.Rank, MeshAxis.Pipeline))],
        [.. plan.Ranks.Select(rank => rank.Device)]);

    /// <summary>What the rank that needs most holds.</summary>
    public long NeededBytes => Ranks.Max(rank => rank.Memory.TotalBytes);

    public GroupPlan Group(int index) => byIndex[index];
}
