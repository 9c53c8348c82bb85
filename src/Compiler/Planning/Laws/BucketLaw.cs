using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Diagnostics;
using ParDsl.Compiler.Plans;
using ParDsl.Diagnostics;

namespace ParDsl.Compiler.Planning.Laws;

/// <summary>
/// On every rank the buckets tile the flat buffer, the parameters tile their buckets but for a sharded one's padding, and
/// every parameter that the rank's layers need is there once; a sharded bucket is cut evenly.
/// </summary>
internal static class BucketLaw
{
    public static IEnumerable<Diagnostic> Findings(ExecutionPlan plan, ImmutableArray<RankPlan> ranks) =>
        ranks.SelectMany(rank => (Diagnostic[])[.. Tiles(plan, rank), .. Parameters(plan, rank)]);

    private static IEnumerable<Diagnostic> Tiles(ExecutionPlan plan, RankPlan rank)
    {
        var offset = 0L;
        for (var index = 0; index < rank.Buckets.Length; index++)
        {
            var bucket = rank.Buckets[index];
            if (bucket.Index != index || bucket.ElementOffset != offset)
                yield return ConsistencyErrors.BucketOutOfPlace(plan, bucket, index, offset);
            foreach (var finding in ParameterTiles(plan, bucket))
                yield return finding;
            offset = bucket.ElementOffset + bucket.ElementCount;
        }
    }

    private static IEnumerable<Diagnostic> ParameterTiles(ExecutionPlan plan, GradientBucket bucket)
    {
        var offset = bucket.ElementOffset;
        foreach (var placed in bucket.Parameters)
        {
            if (placed.ElementOffset != offset)
                yield return ConsistencyErrors.ParameterOutOfPlace(plan, placed, offset);
            offset = placed.ElementOffset + placed.Shape.ElementCount;
        }

        var shards = plan.Shard == ShardLevel.None ? 1 : plan.Batch.DataDegree;
        var padding = bucket.ElementOffset + bucket.ElementCount - offset;
        if (padding < 0 || padding >= shards || bucket.ElementCount % shards != 0)
            yield return ConsistencyErrors.BucketNotFilled(plan, bucket, offset - bucket.ElementOffset);
    }

    private static IEnumerable<Diagnostic> Parameters(ExecutionPlan plan, RankPlan rank)
    {
        var placed = rank.Buckets.SelectMany(bucket => bucket.Parameters).ToLookup(place => place.Parameter.Name);
        var owned = plan.Program.Model.Layers
            .Where(layer => rank.Segments.Any(segment => segment.Holds(layer.Index)))
            .SelectMany(layer => HeldParameters
                .For(plan.Program.Model, layer, index => rank.Segments.Any(segment => segment.Holds(index)))
                .Select(parameter => (layer, parameter)))
            .ToArray();
        foreach (var (layer, parameter) in owned)
        {
            var places = placed[parameter.Name].ToArray();
            if (places.Length != 1 || places[0].LayerIndex != layer.Index || !places[0].Parameter.Equals(parameter))
                yield return ConsistencyErrors.ParameterNotOnce(plan, parameter, places.Length);
        }

        var names = owned.Select(pair => pair.parameter.Name).ToHashSet();
        foreach (var stranger in placed.Where(places => !names.Contains(places.Key)))
            yield return ConsistencyErrors.UnknownParameter(plan, stranger.Key);
    }
}
