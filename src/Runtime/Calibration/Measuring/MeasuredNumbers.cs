using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>What kernels are measured on: between 0 and 1, since zeros and denormals take other times.</summary>
internal static class MeasuredNumbers
{
    public static Tensor Of(long[] shape, ScalarType type, Device device)
    {
        using var drawn = rand(shape, ScalarType.Float32, device);
        return drawn.to(type, copy: true);
    }

    /// <summary>The same tensor as a leaf of autograd, whose gradient is added where it lies, as in the engine.</summary>
    public static Tensor Leaf(Tensor values)
    {
        using var gradient = zeros_like(values);
        values.requires_grad_(true);
        values.grad = gradient;
        return values;
    }
}
