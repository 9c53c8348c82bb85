using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// An element-by-element pass over memory: a sum of two tensors. Its result is new, as an activation is; where the heap does
/// not keep so much, in place, as an optimizer works on weights.
/// </summary>
internal sealed class PassWork : IMeasuredWork
{
    /// <summary>Two are read and one is written.</summary>
    private const int TensorCount = 3;

    /// <summary>The largest piece that the process's heap holds, which <c>HeapMemory</c> sets.</summary>
    private const long HeldBytes = 32 << 20;

    private readonly Tensor first;
    private readonly Tensor second;
    private readonly bool isInPlace;

    /// <param name="byteCount">That a pass reads and writes.</param>
    public PassWork(long byteCount, Device device)
    {
        var elements = Math.Max(1, byteCount / (TensorCount * sizeof(float)));
        (first, second) = (zeros(elements, ScalarType.Float32, device), zeros(elements, ScalarType.Float32, device));
        isInPlace = elements * sizeof(float) > HeldBytes;
    }

    public void Do()
    {
        if (isInPlace)
            first.add_(second);
        else
            first.add(second).Dispose();
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }
}
