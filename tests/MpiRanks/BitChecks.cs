using ParDsl.Runtime.Collectives.Mpi;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>A sum has the same bits on every rank and every time, whatever is rounded in it.</summary>
internal static class BitChecks
{
    // Both sides of where MPIs change from one way of summing to another.
    private static readonly int[] Counts = [1, 37, 1001, 20_011, 700_001];

    private static readonly ScalarType[] Types =
        [ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16, ScalarType.Float16];

    public static void Run(MpiJob job, Findings findings)
    {
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        foreach (var type in Types)
        {
            foreach (var count in Counts)
                SumTwice(job, group, findings, type, count);
        }
    }

    private static void SumTwice(MpiJob job, MpiGroup group, Findings findings, ScalarType type, int count)
    {
        var (first, second) = (Sum(group, type, count), Sum(group, type, count));
        findings.Add($"{type} {count}: the same every time", first.AsSpan().SequenceEqual(second));
        var all = job.AllGather(first);
        findings.Add($"{type} {count}: the same on every rank", all.All(bits => bits.AsSpan().SequenceEqual(first)));
        // Two ranks leave no choice of order: the sum is libtorch's.
        if (job.Size == 2)
            findings.Add($"{type} {count}: the same as libtorch's", first.AsSpan().SequenceEqual(SumOfTwo(type, count)));
    }

    private static byte[] Sum(MpiGroup group, ScalarType type, int count)
    {
        using var tensor = Random(group.Rank, type, count);
        group.AllReduce(tensor);
        return Values.Bits(tensor);
    }

    private static byte[] SumOfTwo(ScalarType type, int count)
    {
        using var first = Random(0, type, count);
        using var second = Random(1, type, count);
        using var sum = first + second;
        return Values.Bits(sum);
    }

    private static Tensor Random(int rank, ScalarType type, int count)
    {
        using var generator = new Generator((ulong)rank);
        using var wide = randn([count], dtype: ScalarType.Float64, generator: generator);
        return wide.to(type);
    }
}
