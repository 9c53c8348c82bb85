using ParDsl.Benchmarks.Comparisons;
using ParDsl.Benchmarks.Rates;

namespace ParDsl.Benchmarks.Memory;

internal static class MemoryComparisons
{
    private const int Bytes = 4 << 20;

    /// <summary>
    /// The all-reduce counts the size of one rank's tensor, which for two ranks is also the bus bandwidth, 2 (n - 1) / n times
    /// it; the copy counts the bytes that it copies, each once.
    /// </summary>
    public static readonly IComparison AllReduce = new RateComparison(
        "allreduce",
        "the all-reduce of 4 MiB between 2 ranks of a process, over a memory copy by 1 thread, in bytes a second",
        [
            new("all-reduce, 2 ranks, 1 thread each", () => new AllReduceLoop(Bytes)),
            new("copy, 1 thread", () => new CopyLoop(Bytes, threadCount: 1)),
            new("copies, 2 threads at once, their sum", () => new CopyLoop(Bytes, threadCount: 2)),
        ])
    {
        Unit = RateUnit.Megabytes,
    };
}
