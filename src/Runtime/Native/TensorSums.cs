using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>
/// Sums of tensors. TorchSharp's own make a scalar 1 for libtorch's <c>alpha</c>, hand on its address and hold it no longer:
/// where the finalizer runs just then, libtorch multiplies by what lies there next. This one is held.
/// </summary>
internal static class TensorSums
{
    private static readonly Scalar One = 1.ToScalar();

    /// <summary>PyTorch's <c>add</c>.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor other) => tensor.add(other, One);

    public static Tensor Plus(this Tensor tensor, double number)
    {
        using var held = number.ToScalar();
        return tensor.add(held, One);
    }

    /// <summary>Whole numbers stay whole.</summary>
    public static Tensor Plus(this Tensor tensor, long number)
    {
        using var held = number.ToScalar();
        return tensor.add(held, One);
    }

    /// <summary>PyTorch's <c>add_</c>: in place.</summary>
    /// <returns>The tensor itself.</returns>
    public static Tensor Increase(this Tensor tensor, Tensor other) => tensor.add_(other, One);
}
