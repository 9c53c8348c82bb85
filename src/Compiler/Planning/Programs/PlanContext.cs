using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Schedules;
using ParDsl.Compiler.Planning.Tensor;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning.Programs;

/// <summary>What is the same for all ranks while their lists of actions are made.</summary>
/// <param name="Stages">All stages of the model, in order.</param>
internal sealed record PlanContext(
    CheckedProgram Program,
    Degrees Degrees,
    Mesh Mesh,
    BatchPlan Batch,
    TensorPlan Tensor,
    ModelFlow Flow,
    ImmutableArray<StageRange> Stages,
    ImmutableArray<GroupPlan> Groups)
{
    private readonly GroupIndex index = new(Groups);

    /// <param name="program">With the layout in its parallel block, which it fits.</param>
    /// <param name="meshGroups">The groups of the mesh, or those of them that the ranks in question belong to.</param>
    public static PlanContext Of(CheckedProgram program, Degrees degrees, Mesh mesh, ImmutableArray<GroupPlan> meshGroups)
    {
        var stages = StageCut.Cut(program, degrees.Pipeline);
        var tensor = TensorSplit.Of(program, degrees.Tensor);
        return new PlanContext(
            program,
            degrees,
            mesh,
            BatchCut.Cut(program, degrees),
            tensor,
            new ModelFlow(tensor.LocalModel),
            stages,
            [.. meshGroups, .. SharedGroups.Of(program.Model, mesh, stages, meshGroups)]);
    }

    /// <summary>Whether each layer is a segment of its own, which costs time: to see how long each takes.</summary>
    public bool IsCutByLayer { get; init; }

    /// <summary>What each place of a pipeline does, in order: passes of stages with micro-batches.</summary>
    public ImmutableArray<ImmutableArray<ScheduleStep>> Steps { get; } = PipelineSchedule.Of(
        Program.Parallel.Pipeline?.Schedule ?? ScheduleKind.OneForwardOneBackward,
        Degrees.Pipeline,
        Batch.MicroBatchCount,
        (int)(Program.Parallel.Pipeline?.Chunks ?? 1));

    public ShardLevel Shard => Degrees.Data > 1 ? Program.Parallel.Data?.Shard ?? ShardLevel.None : ShardLevel.None;

    /// <summary>The layers with the shapes that one rank has.</summary>
    public CheckedModel LocalModel => Tensor.LocalModel;

    public int ElementBytes => Program.Training.Precision.ElementBytes();

    /// <summary>Of what is float32 at least: masters, optimizer states, statistics, losses.</summary>
    public int MasterBytes => Program.Training.Precision.Master().ElementBytes();

    /// <summary>Null where there is a single rank.</summary>
    public GroupPlan? World { get; } = MeshGroups.World(Groups, Degrees.WorldSize);

    public GroupPlan? GroupOf(int rank, string axis) => index.Of(rank, axis);

    /// <summary>The ranks that hold a model together with this one; null where it holds all of it.</summary>
    public GroupPlan? ReplicaOf(int rank) => (Degrees.Pipeline > 1, Degrees.Tensor > 1) switch
    {
        (false, false) => null,
        (true, false) => GroupOf(rank, MeshAxis.Pipeline),
        (false, true) => GroupOf(rank, MeshAxis.Tensor),
        _ => GroupOf(rank, GroupPlan.Replica) ?? World,
    };

    /// <summary>The stages that a rank holds.</summary>
    public ImmutableArray<StageRange> StagesOf(int rank) =>
    [
        .. Stages.Where(stage => stage.Stage % Degrees.Pipeline == Mesh.Coordinate(rank, MeshAxis.Pipeline)),
    ];

    /// <summary>The groups that sum the gradients of parameters which this rank and others of its replica hold.</summary>
    public IEnumerable<GroupPlan> SharedBy(int rank) =>
        Groups.Where(group => group.Axis == GroupPlan.Shared && group.Ranks.Contains(rank));

    public int StageOf(int layer) => Stages.Last(stage => stage.FirstLayer <= layer).Stage;

    /// <summary>The rank with the same other coordinates that holds a stage.</summary>
    public int RankOf(int stage, int self) => GroupOf(self, MeshAxis.Pipeline) is { } line
        ? line.Ranks[stage % Degrees.Pipeline]
        : self;
}
