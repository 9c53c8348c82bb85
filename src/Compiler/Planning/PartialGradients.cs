using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Where tensor ranks divide a sequence, the gradients that each has a part of: as far as they lie in what the rank updates,
/// all of each bucket or its shard. Where they lie in a rank's buckets is found once for all shards.
/// </summary>
internal sealed class PartialGradients(TensorPlan tensor, ImmutableArray<GradientBucket> buckets)
{
    private readonly ImmutableArray<(GradientBucket Bucket, ImmutableArray<PlacedParameter> Partial)> partial =
    [
        .. buckets
            .Select(bucket => (Bucket: bucket, Partial: bucket.Parameters.Where(placed => tensor.PartialGradients.Contains(placed.Parameter.Name)).ToImmutableArray()))
            .Where(pair => !pair.Partial.IsEmpty),
    ];

    /// <param name="shardCount">The data ranks that share each bucket; 1 where it is not sharded.</param>
    /// <param name="shard">The rank's place among them.</param>
    public long Elements(int shardCount, int shard) =>
        partial.Sum(pair => Elements(pair.Partial, pair.Bucket.ElementOffset, pair.Bucket.ElementCount / shardCount, shard));

    /// <summary>In what one rank of a plan updates.</summary>
    public long Elements(ExecutionPlan plan, RankPlan rank) => plan.Shard == ShardLevel.None
        ? Elements(1, 0)
        : Elements(plan.Batch.DataDegree, plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data));

    public static long Of(ExecutionPlan plan, RankPlan rank) => new PartialGradients(plan.Tensor, rank.Buckets).Elements(plan, rank);

    private static long Elements(ImmutableArray<PlacedParameter> partial, long offset, long size, int shard)
    {
        var start = offset + (size * shard);
        return partial.Sum(placed => Math.Max(
            0,
            Math.Min(placed.ElementOffset + placed.Shape.ElementCount, start + size) - Math.Max(placed.ElementOffset, start)));
    }
}
