using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Matrix products by their operations, over the shapes that layers have.</summary>
internal static class ProductMeasure
{
    /// <summary>Sides of square matrices: from 4 thousand to 2 billion operations.</summary>
    private static readonly ImmutableArray<int> Sizes = [16, 32, 64, 128, 256, 512, 1024];

    public static RateCurve Of(RankTeam team, ScalarType type)
    {
        var call = SecondsOf(team, ProductShape.Smallest, type);
        var points = ImmutableArray.CreateBuilder<RatePoint>();
        foreach (var size in Sizes)
        {
            var times = ImmutableArray.CreateBuilder<double>();
            foreach (var shape in ProductShape.Like(size))
            {
                times.Add(SecondsOf(team, shape, type));
                if (team.IsTooSlow(times[^1] * ProductWork.ProductCount))
                    break;
            }

            points.Add(WorkRate.Of(2 * Math.Pow(size, 3), times.Average(), call));
            if (times.Any(time => team.IsTooSlow(time * ProductWork.ProductCount)))
                break;
        }

        return new RateCurve(points.ToImmutable());
    }

    /// <summary>One product's, the mean of the three.</summary>
    private static double SecondsOf(RankTeam team, ProductShape shape, ScalarType type) =>
        team.SecondsOf((_, device) => new ProductWork(shape, type, device)) / ProductWork.ProductCount;
}
