using ParDsl.Benchmarks.Rates;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.Memory;

/// <summary>Threads that each copy one tensor into another. A step counts the bytes that are copied, each once.</summary>
internal sealed class CopyLoop : ITimedLoop
{
    private readonly int byteCount;
    private readonly (Tensor From, Tensor To)[] pairs;

    public CopyLoop(int byteCount, int threadCount)
    {
        this.byteCount = byteCount;
        var elements = byteCount / sizeof(float);
        pairs = [.. Enumerable.Range(0, threadCount).Select(_ => (zeros(elements), zeros(elements)))];
    }

    public int StepSize => byteCount * pairs.Length;

    public double Step(int count) => Timing.Seconds(() => SideBySide.Run(pairs.Length, number =>
    {
        set_num_threads(1);
        using var scope = NewDisposeScope();
        for (var step = 0; step < count; step++)
            pairs[number].To.copy_(pairs[number].From);
    }));

    public void Dispose()
    {
        foreach (var (from, to) in pairs)
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
