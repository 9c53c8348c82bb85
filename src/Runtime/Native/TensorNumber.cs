using static TorchSharp.torch;

namespace ParDsl.Runtime.Native;

/// <summary>
/// The number of a tensor that has one only. TorchSharp's own readings go through a scalar that the finalizer may free before
/// it is read; here it is the tensor's memory that is read.
/// </summary>
internal static class TensorNumber
{
    public static double Real(Tensor tensor) => First<double>(tensor, ScalarType.Float64);

    public static long Whole(Tensor tensor) => First<long>(tensor, ScalarType.Int64);

    public static bool IsTrue(Tensor tensor) => Whole(tensor) != 0;

    private static T First<T>(Tensor tensor, ScalarType type)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        return TensorMemory.Elements<T>(tensor.to(type).cpu())[0];
    }
}
