using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>The cuts of all ranks, each worked out once: a thousand ranks are mostly replicas of a few.</summary>
internal sealed class RankCuts(PlanContext context)
{
    private readonly Dictionary<(int Pipeline, int Tensor), RankCut> known = [];

    public RankCut Of(int rank)
    {
        var place = (context.Mesh.Coordinate(rank, MeshAxis.Pipeline), context.Mesh.Coordinate(rank, MeshAxis.Tensor));
        if (!known.TryGetValue(place, out var cut))
            known.Add(place, cut = Cut(rank));
        return cut;
    }

    private RankCut Cut(int rank)
    {
        var stages = context.StagesOf(rank);
        var buckets = BucketCut.Cut(
            context, rank, stages, context.Shard == ShardLevel.None ? 1 : context.Degrees.Data);
        var bucketsAreMoved = context.Degrees.Data > 1 && buckets.Length > 1;
        var segments = new SegmentCut(context, buckets, bucketsAreMoved).Cut(stages);
        return new RankCut(buckets, segments);
    }
}
