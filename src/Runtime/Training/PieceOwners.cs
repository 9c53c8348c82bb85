using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Training;

/// <summary>
/// Which rank writes what of a checkpoint where each writes its own: every element once. Of what several ranks hold alike, the
/// first one writes: data ranks' replicas, tied parameters of two stages, what all tensor ranks have whole.
/// </summary>
internal sealed class PieceOwners
{
    private readonly ExecutionPlan plan;

    /// <summary>By name and tensor coordinate of the slice: among the ranks of one data coordinate, the place of the first.</summary>
    private readonly Dictionary<(int Coordinate, string Name, int Slice), int> firsts = [];

    public PieceOwners(ExecutionPlan plan)
    {
        this.plan = plan;
        foreach (var rank in plan.Ranks)
        {
            foreach (var (name, slice) in HeldBy(rank))
                firsts.TryAdd((Coordinate(rank.Rank), name, slice?.Index ?? 0), rank.Rank);
        }
    }

    /// <summary>Whether each data rank holds all weights, as they are kept, of its layers.</summary>
    public bool AreValuesReplicated =>
        plan.Shard == ShardLevel.None
        || (plan.Shard < ShardLevel.Parameters && !plan.Program.Training.Precision.HasMasters());

    /// <summary>The same of the optimizer's states.</summary>
    public bool AreStatesReplicated => plan.Shard == ShardLevel.None;

    /// <param name="name">Of a parameter or a buffer that the rank holds.</param>
    /// <param name="isReplicated">Whether each data rank holds all of it.</param>
    public bool IsOwner(int rank, string name, ParameterSlice? slice, bool isReplicated) =>
        firsts[(Coordinate(rank), name, slice?.Index ?? 0)] == rank && (!isReplicated || Coordinate(rank) == 0);

    /// <summary>Whether a rank has anything to write.</summary>
    public bool Writes(RankPlan rank) =>
        (Coordinate(rank.Rank) == 0 || !AreValuesReplicated || (!AreStatesReplicated && plan.Program.Training.OptimizerStateCount > 0))
        && HeldBy(rank).Any(held => IsOwner(rank.Rank, held.Name, held.Slice, isReplicated: false));

    private int Coordinate(int rank) => plan.Mesh.Coordinate(rank, MeshAxis.Data);

    private IEnumerable<(string Name, ParameterSlice? Slice)> HeldBy(RankPlan rank)
    {
        foreach (var placed in rank.Buckets.SelectMany(bucket => bucket.Parameters))
            yield return (placed.Parameter.Name, placed.Slice);
        var coordinate = plan.Mesh.Coordinate(rank.Rank, MeshAxis.Tensor);
        foreach (var layer in plan.LocalModel.Layers.Where(layer => rank.Segments.Any(segment => segment.Holds(layer.Index))))
        {
            foreach (var buffer in layer.Buffers)
                yield return (buffer.Name, plan.Tensor.SliceOf(buffer.Name, coordinate));
        }
    }
}
