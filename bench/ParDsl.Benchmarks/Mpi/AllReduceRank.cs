using ParDsl.Runtime.Collectives.Mpi;
using static TorchSharp.torch;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>Our side of <c>mpi-allreduce</c> in one of its processes: it does what bench/mpi/allreduce.c does.</summary>
internal static class AllReduceRank
{
    /// <summary>The benchmark's own argument that makes a process such a rank.</summary>
    public const string Argument = "mpi-allreduce-rank";

    public static void Run(int byteCount)
    {
        using var job = MpiJob.Start();
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        using var tensor = zeros(byteCount / sizeof(float));
        AnsweringRank.Answer(job, Console.In, Console.Out, count =>
        {
            for (var step = 0; step < count; step++)
                group.AllReduce(tensor);
        });
    }
}
