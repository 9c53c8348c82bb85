using System.Collections.Immutable;
using ParDsl.Compiler.Hardware.Performance;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Convolutions by their operations: a forward pass and its two gradients, each as one.</summary>
internal static class ConvolutionMeasure
{
    public static RateCurve Of(RankTeam team, ScalarType type)
    {
        var call = SecondsOf(team, ConvolutionShape.Smallest, type);
        var points = ImmutableArray.CreateBuilder<RatePoint>();
        foreach (var shape in ConvolutionShape.All)
        {
            var seconds = SecondsOf(team, shape, type);
            points.Add(WorkRate.Of(shape.Operations, seconds, call));
            if (team.IsTooSlow(seconds * ConvolutionWork.PassCount))
                break;
        }

        return new RateCurve(points.ToImmutable());
    }

    private static double SecondsOf(RankTeam team, ConvolutionShape shape, ScalarType type) =>
        team.SecondsOf((_, device) => new ConvolutionWork(shape, type, device)) / ConvolutionWork.PassCount;
}
