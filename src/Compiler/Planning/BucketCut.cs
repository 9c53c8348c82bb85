using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Compiler.Plans;

namespace ParDsl.Compiler.Planning;

/// <summary>
/// The parameters side by side in the flat buffer, the last layer's first since backward completes them in that order, cut
/// into buckets. A parameter is never cut: one that is larger than a bucket is a bucket of its own.
/// </summary>
internal static class BucketCut
{
    /// <summary>
    /// PyTorch's DistributedDataParallel has the same size: enough to fill a link, small enough to start early.
    /// </summary>
    public const long BucketBytes = 25 * 1024 * 1024;

    public static ImmutableArray<GradientBucket> Cut(CheckedProgram program)
    {
        var limit = BucketBytes / program.Training.Precision.ElementBytes();
        var buckets = ImmutableArray.CreateBuilder<GradientBucket>();
        foreach (var parameter in Place(program.Model))
        {
            var size = parameter.Parameter.Shape.ElementCount;
            if (buckets.Count > 0 && buckets[^1].ElementCount <= limit - size)
                buckets[^1] = Grow(buckets[^1], parameter);
            else
                buckets.Add(new GradientBucket(buckets.Count, parameter.ElementOffset, size, [parameter]));
        }

        return buckets.ToImmutable();
    }

    private static IEnumerable<PlacedParameter> Place(CheckedModel model)
    {
        var offset = 0L;
        foreach (var layer in model.Layers.Reverse())
        {
            foreach (var parameter in layer.Parameters)
            {
                yield return new PlacedParameter(parameter, layer.Index, offset);
                offset = checked(offset + parameter.Shape.ElementCount);
            }
        }
    }

    private static GradientBucket Grow(GradientBucket bucket, PlacedParameter parameter) => bucket with
    {
        ElementCount = bucket.ElementCount + parameter.Parameter.Shape.ElementCount,
        Parameters = bucket.Parameters.Add(parameter),
    };
}
