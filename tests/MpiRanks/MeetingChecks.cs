using System.Text;
using ParDsl.Runtime.Collectives.Mpi;

namespace ParDsl.MpiRanks;

/// <summary>Bytes that processes exchange before tensors flow.</summary>
internal static class MeetingChecks
{
    public static void Run(MpiJob job, Findings findings)
    {
        findings.Add("the library has a path", File.Exists(job.Library));
        findings.Add($"the version is named: {job.Version}", job.Version.StartsWith("Open MPI v", StringComparison.Ordinal) || job.Version.StartsWith("MPICH ", StringComparison.Ordinal));
        foreach (var length in (int[])[0, 1, 100_001])
        {
            Exchange(job, findings, length);
            ToFirst(job, findings, length);
        }

        job.Barrier();
    }

    private static void Exchange(MpiJob job, Findings findings, int length)
    {
        var root = job.Size - 1;
        var text = Encoding.UTF8.GetBytes(new string('ä', length));
        var got = job.Broadcast(job.Rank == root ? text : [1, 2, 3], root);
        findings.Add($"the root's {length} letters", got.AsSpan().SequenceEqual(text));
        var all = job.AllGather(Part(job.Rank, length));
        findings.Add($"as many parts as ranks, {length}", all.Length == job.Size);
        findings.Add($"each rank's {length} bytes or more", all.Select((part, rank) => part.AsSpan().SequenceEqual(Part(rank, length))).All(same => same));
    }

    private static void ToFirst(MpiJob job, Findings findings, int length)
    {
        for (var source = 0; source < job.Size; source++)
        {
            var got = job.SendToFirst(job.Rank == source ? Part(source + 1, length) : [1, 2, 3], source);
            byte[] right = job.Rank == 0 ? Part(source + 1, length) : [];
            findings.Add($"the first process has rank {source}'s {length} bytes or more", got.AsSpan().SequenceEqual(right));
        }
    }

    /// <summary>Of another length on each rank.</summary>
    private static byte[] Part(int rank, int length) => [.. Enumerable.Repeat((byte)rank, length * rank)];
}
