using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// Where tensor ranks divide a sequence, the gradients that each has a part of: as far as they lie in what the rank updates,
/// all of each bucket or its shard.
/// </summary>
internal static class PartialGradients
{
    /// <param name="shardCount">The data ranks that share each bucket; 1 where it is not sharded.</param>
    /// <param name="shard">The rank's place among them.</param>
    public static long Elements(TensorPlan tensor, ImmutableArray<GradientBucket> buckets, int shardCount, int shard) =>
        buckets.Sum(bucket => Elements(tensor, bucket, bucket.ElementCount / shardCount, shard));

    /// <summary>In what one rank of a plan updates.</summary>
    public static long Elements(ExecutionPlan plan, RankPlan rank)
    {
        var (count, place) = plan.Shard == ShardLevel.None
            ? (1, 0)
            : (plan.Batch.DataDegree, plan.Mesh.Coordinate(rank.Rank, MeshAxis.Data));
        return plan.Tensor.PartialGradients.IsEmpty ? 0 : Elements(plan.Tensor, rank.Buckets, count, place);
    }

    private static long Elements(TensorPlan tensor, GradientBucket bucket, long size, int shard)
    {
        var start = bucket.ElementOffset + (size * shard);
        return bucket.Parameters
            .Where(placed => tensor.PartialGradients.Contains(placed.Parameter.Name))
            .Sum(placed => Math.Max(
                0,
                Math.Min(placed.ElementOffset + placed.Shape.ElementCount, start + size) - Math.Max(placed.ElementOffset, start)));
    }
}
