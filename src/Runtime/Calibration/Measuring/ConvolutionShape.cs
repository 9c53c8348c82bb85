using System.Collections.Immutable;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A convolution of square images with a kernel of 3 by 3.</summary>
internal sealed record ConvolutionShape(int Samples, int Inputs, int Outputs, int Side)
{
    public const int Kernel = 3;

    public static readonly ConvolutionShape Smallest = new(1, 1, 1, 1);

    /// <summary>
    /// Pairs of as many operations, from 2 million to 4 billion: large images of few channels, as where a network begins, and
    /// small ones of many.
    /// </summary>
    public static readonly ImmutableArray<ImmutableArray<ConvolutionShape>> Alike =
    [
        [new(8, 8, 8, 14), new(2, 32, 32, 7)],
        [new(16, 16, 16, 14), new(4, 64, 64, 7)],
        [new(32, 16, 16, 28), new(8, 64, 64, 14)],
        [new(128, 16, 32, 28), new(64, 64, 64, 14)],
        [new(128, 32, 64, 28), new(64, 128, 128, 14)],
    ];

    /// <summary>Of its forward pass, or of either gradient; a multiply-add counts 2.</summary>
    public double Operations => 2.0 * Samples * Side * Side * Inputs * Outputs * Kernel * Kernel;
}
