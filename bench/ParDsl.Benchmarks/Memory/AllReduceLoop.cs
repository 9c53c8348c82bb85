using ParDsl.Benchmarks.Rates;
using ParDsl.Runtime.Collectives;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.Memory;

/// <summary>Two ranks, a thread each, that sum their tensors over and over. A step counts the bytes of one rank's tensor.</summary>
internal sealed class AllReduceLoop : ITimedLoop
{
    private const int RankCount = 2;

    private readonly InProcessGroup[] doors = InProcessGroup.Create(RankCount, RankCount, new FailureSignal());
    private readonly Tensor[] tensors;

    /// <param name="byteCount">Of each rank's tensor.</param>
    public AllReduceLoop(int byteCount)
    {
        StepSize = byteCount;
        // Sums of zeros stay zeros, whose bits cost what any others do; ones would overflow.
        tensors = [.. doors.Select(_ => zeros(byteCount / sizeof(float)))];
    }

    public int StepSize { get; }

    public double Step(int count) => Timing.Seconds(() => SideBySide.Run(RankCount, rank =>
    {
        set_num_threads(1);
        for (var step = 0; step < count; step++)
            doors[rank].AllReduce(tensors[rank]);
    }));

    public void Dispose()
    {
        foreach (var tensor in tensors)
            tensor.Dispose();
    }
}
