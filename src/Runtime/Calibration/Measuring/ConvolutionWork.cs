using ParDsl.Runtime.Modules;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>A convolution's update, in the order of memory that the engine gives images: forward and both gradients.</summary>
internal sealed class ConvolutionWork : IMeasuredWork
{
    public const int PassCount = 3;

    private static readonly long[] Padding = [ConvolutionShape.Kernel / 2, ConvolutionShape.Kernel / 2];

    private readonly Tensor images; // [samples, inputs, side, side]
    private readonly Tensor weight; // [outputs, inputs, kernel, kernel]
    private readonly Tensor gradient; // [samples, outputs, side, side]

    public ConvolutionWork(ConvolutionShape shape, ScalarType type, Device device)
    {
        const int kernel = ConvolutionShape.Kernel;
        // The images' gradient goes on to the layer before: it is made anew each time.
        images = Ordered(shape.Samples, shape.Inputs, shape.Side, type, device).requires_grad_(true);
        gradient = Ordered(shape.Samples, shape.Outputs, shape.Side, type, device);
        weight = MeasuredNumbers.Leaf(MeasuredNumbers.Of([shape.Outputs, shape.Inputs, kernel, kernel], type, device));
    }

    public void Do()
    {
        using var scope = NewDisposeScope();
        var output = nn.functional.conv2d(images, weight, null, null, Padding);
        autograd.backward([output], [gradient]);
        images.grad = null;
    }

    public void Dispose()
    {
        images.Dispose();
        gradient.Dispose();
        weight.Dispose();
    }

    private static Tensor Ordered(int samples, int channels, int side, ScalarType type, Device device)
    {
        using var plain = MeasuredNumbers.Of([samples, channels, side, side], type, device);
        return ChannelsLast.Of(plain);
    }
}
