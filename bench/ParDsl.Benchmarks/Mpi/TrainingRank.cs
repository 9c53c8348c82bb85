using ParDsl.Compiler.Hardware;
using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Engines;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>One of the processes that train a spec together, a replica and a thread each.</summary>
internal static class TrainingRank
{
    /// <summary>The benchmark's own argument that makes a process such a rank.</summary>
    public const string Argument = "mpi-training-rank";

    /// <param name="spec">One of Specs/.</param>
    public static void Run(string spec)
    {
        using var job = MpiJob.Start();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var process = new ProcessDevice("benchmark", Gpu: null, Cores: job.Size, memory);
        var hardware = HardwareSet.Job([.. Enumerable.Repeat(process, job.Size)], hasNccl: false);
        var engine = ProcessEngine.OverMpi(job);
        using var loop = SpecLoop.Open(spec, hardware, engine, $"parallel.data={job.Size}");
        AnsweringRank.Answer(job, Console.In, Console.Out, count => loop.Step(count));
    }
}
