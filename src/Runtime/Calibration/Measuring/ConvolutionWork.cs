using ParDsl.Runtime.Modules;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// A convolution's update, in the order of memory that the engine gives images: forward and both gradients. What comes in was
/// written before other things, and what goes out is new.
/// </summary>
internal sealed class ConvolutionWork : IMeasuredWork
{
    public const int PassCount = 3;

    private static readonly long[] Padding = [ConvolutionShape.Kernel / 2, ConvolutionShape.Kernel / 2];

    private readonly Tensor weight; // [outputs, inputs, kernel, kernel]
    private readonly Living images; // [samples, inputs, side, side]
    private readonly Living gradients; // [samples, outputs, side, side]
    private readonly Living results;

    public ConvolutionWork(ConvolutionShape shape, ScalarType type, Device device)
    {
        const int kernel = ConvolutionShape.Kernel;
        weight = MeasuredNumbers.Leaf(MeasuredNumbers.Of([shape.Outputs, shape.Inputs, kernel, kernel], type, device));
        var (inputBytes, outputBytes) = (Bytes(shape.Inputs), Bytes(shape.Outputs));
        images = new Living(inputBytes, least: 1).Filled(Ordered(shape.Inputs));
        gradients = new Living(outputBytes, least: 1).Filled(Ordered(shape.Outputs));
        results = new Living(Math.Max(inputBytes, outputBytes), least: 2);

        long Bytes(long channels) => shape.Samples * channels * shape.Side * shape.Side * weight.element_size();

        Tensor Ordered(int channels)
        {
            using var plain = MeasuredNumbers.Of([shape.Samples, channels, shape.Side, shape.Side], type, device);
            return ChannelsLast.Of(plain);
        }
    }

    public void Do()
    {
        using var input = images.Next().detach().requires_grad_(true);
        var output = nn.functional.conv2d(input, weight, null, null, Padding);
        autograd.backward([output], [gradients.Next()]);
        results.Add(output);
        // The images' gradient goes on to the layer before: it is made anew each time.
        results.Add(input.grad!);
    }

    public void Dispose()
    {
        weight.Dispose();
        images.Dispose();
        gradients.Dispose();
        results.Dispose();
    }
}
