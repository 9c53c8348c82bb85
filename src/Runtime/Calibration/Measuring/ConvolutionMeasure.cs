using ParDsl.Compiler.Hardware.Performance;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>Convolutions by their operations: a forward pass and its two gradients, each as one.</summary>
internal static class ConvolutionMeasure
{
    public static RateCurve Of(RankTeam team, ScalarType type)
    {
        var call = SecondsOf(team, ConvolutionShape.Smallest, type);
        return AlikeWork.Curve(
            team,
            ConvolutionShape.Alike.Select(shapes => (shapes[0].Operations, shapes)),
            shape => SecondsOf(team, shape, type),
            call,
            ConvolutionWork.PassCount);
    }

    private static double SecondsOf(RankTeam team, ConvolutionShape shape, ScalarType type) =>
        team.SecondsOf((_, device) => new ConvolutionWork(shape, type, device)) / ConvolutionWork.PassCount;
}
