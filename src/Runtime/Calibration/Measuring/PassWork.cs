using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// An element-by-element pass over memory as a network has it: what the last pass wrote and what was written long ago are read,
/// and the result is new. Some dozens of such tensors live at a time, so that small ones stay in a cache and large ones do not.
/// Where the heap would not hold them the pass works in place, as an optimizer does on weights.
/// </summary>
internal sealed class PassWork : IMeasuredWork
{
    /// <summary>Two are read and one is written.</summary>
    private const int TensorCount = 3;

    private const int MostLiving = 64;
    private const int LeastLiving = 3;

    /// <summary>What lives at a time: more than the last cache of most machines.</summary>
    private const long LivingBytes = 96 << 20;

    /// <summary>The largest piece that the process's heap holds, which <c>HeapMemory</c> sets.</summary>
    private const long HeldBytes = 32 << 20;

    private readonly Queue<Tensor> living = [];
    private readonly bool isInPlace;
    private Tensor newest;

    /// <param name="byteCount">That a pass reads and writes.</param>
    public PassWork(long byteCount, Device device)
    {
        var elements = Math.Max(1, byteCount / (TensorCount * sizeof(float)));
        var bytes = elements * sizeof(float);
        isInPlace = bytes > HeldBytes;
        var count = (int)Math.Clamp(LivingBytes / bytes, LeastLiving, MostLiving);
        for (var place = 0; place < count; place++)
            living.Enqueue(zeros(elements, ScalarType.Float32, device));
        newest = living.Last();
    }

    public void Do()
    {
        var oldest = living.Dequeue();
        if (isInPlace)
        {
            living.Enqueue(oldest.add_(newest));
            return;
        }

        var sum = newest.add(oldest);
        oldest.Dispose();
        living.Enqueue(sum);
        newest = sum;
    }

    public void Dispose()
    {
        foreach (var tensor in living)
            tensor.Dispose();
    }
}
