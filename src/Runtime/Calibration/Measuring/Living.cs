using static TorchSharp.torch;

namespace ParDsl.Runtime.Calibration.Measuring;

/// <summary>
/// Tensors that live at the same time, as a network's activations do: some dozens, or as many as have a given size together.
/// Small ones so stay in a cache from one use to the next, and large ones do not.
/// </summary>
internal sealed class Living : IDisposable
{
    private const int Most = 32;

    /// <summary>Of all: more than a rank's part of the last cache on most machines.</summary>
    private const long MostBytes = 48 << 20;

    private readonly Queue<Tensor> tensors = [];
    private readonly int count;

    /// <param name="bytes">Of each tensor.</param>
    /// <param name="least">How many there are at least.</param>
    public Living(long bytes, int least) => count = (int)Math.Clamp(MostBytes / Math.Max(1, bytes), least, Most);

    /// <summary>As many as shall live, all like the first.</summary>
    public Living Filled(Tensor first)
    {
        tensors.Enqueue(first);
        while (tensors.Count < count)
            tensors.Enqueue(first.clone());
        return this;
    }

    /// <summary>The one that was used longest ago; it is the newest from now on.</summary>
    public Tensor Next()
    {
        var oldest = tensors.Dequeue();
        tensors.Enqueue(oldest);
        return oldest;
    }

    /// <summary>Takes a new one in place of the oldest, which is freed.</summary>
    public void Add(Tensor tensor)
    {
        if (tensors.Count >= count)
            tensors.Dequeue().Dispose();
        tensors.Enqueue(tensor);
    }

    public void Dispose()
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
