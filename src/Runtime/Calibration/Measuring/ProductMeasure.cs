using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Matrix products by their operations, over the shapes that layers have.</summary>
internal static class ProductMeasure
{
    /// <summary>Sides of square matrices: from 8 thousand to 2 billion operations.</summary>
    private static readonly ImmutableArray<int> Sizes = [16, 32, 64, 128, 256, 512, 1024];

    public static RateCurve Of(RankTeam team, ScalarType type)
    {
        var call = SecondsOf(team, ProductShape.Smallest, type);
        return AlikeWork.Curve(
            team,
            Sizes.Select(size => (2 * Math.Pow(size, 3), ProductShape.Like(size))),
            shape => SecondsOf(team, shape, type),
            call,
            ProductWork.ProductCount);
    }

    /// <summary>One product's, the mean of the three.</summary>
    private static double SecondsOf(RankTeam team, ProductShape shape, ScalarType type) =>
        team.SecondsOf((_, device) => new ProductWork(shape, type, device)) / ProductWork.ProductCount;
}
