using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Planning.Programs;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parameters of a rank's stages side by side in its flat buffer, the last layer's first since backward completes them
/// in that order, cut into buckets between layers, or between runs of layers that are computed again. What is larger than a bucket
/// is a bucket of its own.
/// </summary>
internal static class BucketCut
{
    /// <summary>
    /// PyTorch's DistributedDataParallel has the same size: enough to fill a link, small enough to start early.
    /// </summary>
    public const long BucketBytes = 25 * 1024 * 1024;

    /// <summary>
    /// Sharded parameters are fetched by buckets, so a rank holds two whole ones at a time: this many make it a fraction.
    /// </summary>
    private const long ShardedBuckets = 8;

    /// <param name="stages">The rank's stages, in order.</param>
    /// <param name="shardCount">The ranks that share each bucket; 1 where it is not sharded.</param>
    public static ImmutableArray<GradientBucket> Cut(
        PlanContext context, int rank, ImmutableArray<StageRange> stages, int shardCount)
    {
        var held = new HeldLayers(context, rank, stages);
        var limit = Limit(context.Program, held.All.Sum(layer => layer.ElementCount));
        var buckets = ImmutableArray.CreateBuilder<GradientBucket>();
        foreach (var stage in stages.Reverse())
        {
            foreach (var layers in Runs(Units(context, held, stage), limit))
                buckets.Add(Bucket(buckets.Count, End(buckets), layers, shardCount));
        }

        return buckets.ToImmutable();
    }

    private static long Limit(CheckedProgram program, long elementCount)
    {
        var elementBytes = program.Training.Precision.ElementBytes();
        if (program.Parallel.Data is { BucketBytes: > 0 } request)
            return Math.Max(1, request.BucketBytes / elementBytes);
        var usual = BucketBytes / elementBytes;
        return program.Parallel.Data is { Shard: ShardLevel.Parameters }
            ? Math.Min(usual, (elementCount + ShardedBuckets - 1) / ShardedBuckets)
            : usual;
    }

    /// <summary>
    /// The stage's layers; where activations are computed again, the runs of that, each as one: a bucket that ended within a run
    /// would cut it, and what goes over the cut would be kept.
    /// </summary>
    private static IEnumerable<HeldLayer> Units(PlanContext context, HeldLayers held, StageRange stage)
    {
        if (!context.Program.Parallel.Recompute.IsWanted)
            return held.Of(stage);
        var layers = held.Of(stage).ToArray();
        int[] starts = [.. RecomputeRuns.Starts(context.Program, context.Flow, stage), stage.End];
        return starts.Zip(starts.Skip(1), (start, end) => new HeldLayer(
            [.. layers[(start - stage.FirstLayer)..(end - stage.FirstLayer)].Reverse().SelectMany(layer => layer.Parameters)]));
    }

    /// <summary>The stage's layers with parameters, the last first, in runs that fit a bucket.</summary>
    private static IEnumerable<ImmutableArray<HeldLayer>> Runs(IEnumerable<HeldLayer> layers, long limit)
    {
        var run = ImmutableArray<HeldLayer>.Empty;
        foreach (var layer in layers.Reverse().Where(layer => layer.Parameters.Length > 0))
        {
            if (run.Length > 0 && run.Sum(other => other.ElementCount) + layer.ElementCount > limit)
            {
                yield return run;
                run = [];
            }

            run = run.Add(layer);
        }

        if (run.Length > 0)
            yield return run;
    }

    private static GradientBucket Bucket(int index, long start, ImmutableArray<HeldLayer> layers, int shardCount)
    {
        var placed = ImmutableArray.CreateBuilder<PlacedParameter>();
        var offset = start;
        foreach (var parameter in layers.SelectMany(layer => layer.Parameters))
        {
            placed.Add(parameter with { ElementOffset = offset });
            offset = checked(offset + parameter.Shape.ElementCount);
        }

        var count = checked((offset - start + shardCount - 1) / shardCount * shardCount);
        return new GradientBucket(index, start, count, placed.ToImmutable());
    }

    private static long End(ImmutableArray<GradientBucket>.Builder buckets) =>
        buckets.Count == 0 ? 0 : buckets[^1].ElementOffset + buckets[^1].ElementCount;

    /// <param name="Parameters">What the rank has of each, not placed yet.</param>
    private sealed record HeldLayer(ImmutableArray<PlacedParameter> Parameters)
    {
        public long ElementCount => Parameters.Sum(parameter => parameter.Shape.ElementCount);
    }

    private sealed class HeldLayers(PlanContext context, int rank, ImmutableArray<StageRange> stages)
    {
        private readonly int coordinate = context.Mesh.Coordinate(rank, MeshAxis.Tensor);

        public IEnumerable<HeldLayer> All => stages.SelectMany(Of);

        public IEnumerable<HeldLayer> Of(StageRange stage) => context.Program.Model.Layers
            .Skip(stage.FirstLayer)
            .Take(stage.LayerCount)
            .Select(layer => new HeldLayer(
            [
                .. HeldParameters.For(context.Program.Model, layer, IsHeld).Select(parameter => Part(layer, parameter)),
            ]));

        private PlacedParameter Part(CheckedLayer layer, CheckedParameter parameter) =>
            new(parameter, layer.Index, 0) { Slice = context.Tensor.SliceOf(parameter.Name, coordinate) };

        private bool IsHeld(int layer) => stages.Any(stage => layer >= stage.FirstLayer && layer < stage.End);
    }
}
