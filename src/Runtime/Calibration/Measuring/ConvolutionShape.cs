using System.Collections.Immutable;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A convolution of square images with a kernel of 3 by 3.</summary>
internal sealed record ConvolutionShape(int Samples, int Inputs, int Outputs, int Side)
{
    public const int Kernel = 3;

    public static readonly ConvolutionShape Smallest = new(1, 1, 1, 1);

    /// <summary>From a million operations to 4 billion: more samples, then more channels, as networks have them.</summary>
    public static readonly ImmutableArray<ConvolutionShape> All =
    [
        new(4, 8, 8, 14), new(8, 16, 16, 14), new(16, 16, 32, 28), new(32, 32, 64, 14), new(64, 64, 64, 14), new(128, 64, 128, 14),
    ];

    /// <summary>Of its forward pass, or of either gradient; a multiply-add counts 2.</summary>
    public double Operations => 2.0 * Samples * Side * Side * Inputs * Outputs * Kernel * Kernel;
}
