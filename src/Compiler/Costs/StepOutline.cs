using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Hardware;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Costs;

/// <summary>
/// What a step is predicted from: the ranks of one pipeline. The others do the same: replicas and tensor ranks have equal parts
/// and meet in the same collectives. Where machines make some slower, the pipeline is one of those (see <see cref="PipelineLines"/>).
/// </summary>
/// <param name="Tensor">The layers as one rank has them.</param>
/// <param name="Groups">Those that the ranks belong to.</param>
/// <param name="Ranks">One for each place of the pipeline.</param>
/// <param name="Devices">Of all ranks of the world.</param>
internal sealed record StepOutline(
    CheckedProgram Program,
    TensorPlan Tensor,
    Mesh Mesh,
    BatchPlan Batch,
    ShardLevel Shard,
    ImmutableArray<GroupPlan> Groups,
    ImmutableArray<RankPlan> Ranks,
    ImmutableArray<DeviceDescription> Devices)
{
    private readonly Dictionary<int, GroupPlan> byIndex = Groups.ToDictionary(group => group.Index);

    /// <param name="line">The ranks of a pipeline, by their places.</param>
    public static StepOutline Of(ExecutionPlan plan, ImmutableArray<int> line) => new(
        plan.Program,
        plan.Tensor,
        plan.Mesh,
        plan.Batch,
        plan.Shard,
        plan.Groups,
        [.. line.Select(rank => plan.Ranks[rank])],
        [.. plan.Ranks.Select(rank => rank.Device)]);

    /// <summary>What the rank that needs most holds.</summary>
    public long NeededBytes => Ranks.Max(rank => rank.Memory.TotalBytes);

    /// <summary>The ranks that share the first one's machine.</summary>
    public int RanksOfMachine => RanksBeside(Ranks[0]);

    /// <summary>The ranks that share a rank's machine, with itself.</summary>
    public int RanksBeside(RankPlan rank) => Devices.Count(device => device.Machine == rank.Device.Machine);

    public GroupPlan Group(int index) => byIndex[index];
}
