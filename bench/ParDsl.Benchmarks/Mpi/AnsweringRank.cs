using System.Globalization;
using ParDsl.Benchmarks.Rates;
using ParDsl.Runtime.Collectives.Mpi;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>What a process of <see cref="MpiProcesses"/> does: steps by the number, which only the first one hears and answers.</summary>
internal static class AnsweringRank
{
    /// <summary>Returns with the end of the input.</summary>
    /// <param name="step">Does so many steps, on every rank.</param>
    public static void Answer(MpiJob job, TextReader input, TextWriter output, Action<int> step)
    {
        if (job.Rank == 0)
            output.WriteLine("ready");
        while (NextCount(job, input) is > 0 and var count)
        {
            job.Barrier();
            var seconds = Timing.Seconds(() => step(count));
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
}
