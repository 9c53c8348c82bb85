using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// An element-by-element pass over memory as a network has it: what the last pass wrote and what was written long ago are read,
/// and the result is new. Where the heap would not hold such tensors the pass works in place, as an optimizer does on weights.
/// </summary>
internal sealed class PassWork : IMeasuredWork
{
    /// <summary>Two are read and one is written.</summary>
    private const int TensorCount = 3;

    /// <summary>The largest piece that the process's heap holds, which <c>HeapMemory</c> sets.</summary>
    private const long HeldBytes = 32 << 20;

    private readonly Living living;
    private readonly bool isInPlace;
    private Tensor newest;

    /// <param name="byteCount">That a pass reads and writes.</param>
    public PassWork(long byteCount, Device device)
    {
        var elements = Math.Max(1, byteCount / (TensorCount * sizeof(float)));
        isInPlace = elements * sizeof(float) > HeldBytes;
        living = new Living(elements * sizeof(float), TensorCount).Filled(zeros(elements, ScalarType.Float32, device));
        newest = living.Next();
    }

    public void Do()
    {
        var oldest = living.Next();
        if (isInPlace)
        {
            newest = oldest.add_(newest);
            return;
        }

        newest = newest.add(oldest);
        living.Add(newest);
    }

    public void Dispose() => living.Dispose();
}
