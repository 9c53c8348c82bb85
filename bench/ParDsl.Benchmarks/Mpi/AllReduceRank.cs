using System.Globalization;
using ParDsl.Benchmarks.Rates;
using ParDsl.Runtime.Collectives.Mpi;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>Our side of <c>mpi-allreduce</c> in one of its processes: it does what bench/mpi/allreduce.c does.</summary>
internal static class AllReduceRank
{
    /// <summary>The benchmark's own argument that makes a process such a rank.</summary>
    public const string Argument = "mpi-allreduce-rank";

    public static void Run(int byteCount, TextReader input, TextWriter output)
    {
        using var job = MpiJob.Start();
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        using var tensor = zeros(byteCount / sizeof(float));
        if (job.Rank == 0)
            output.WriteLine("ready");
        while (NextCount(job, input) is > 0 and var count)
        {
            group.Barrier();
            var seconds = Timing.Seconds(() => Sum(group, tensor, count));
            if (job.Rank == 0)
                output.WriteLine(seconds.ToString("F9", CultureInfo.InvariantCulture));
        }
    }

    private static int NextCount(MpiJob job, TextReader input)
    {
        var line = job.Rank == 0 ? input.ReadLine() : null;
        var count = line is null ? 0 : int.Parse(line, CultureInfo.InvariantCulture);
        return BitConverter.ToInt32(job.Broadcast(BitConverter.GetBytes(count), 0));
    }

    private static void Sum(MpiGroup group, Tensor tensor, int count)
    {
        for (var step = 0; step < count; step++)
            group.AllReduce(tensor);
    }
}
