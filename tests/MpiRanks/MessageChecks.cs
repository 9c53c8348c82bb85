using ParDsl.Runtime.Collectives.Mpi;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>Sending hands over and returns at once, also what no receiver waits for yet, and goes on by itself.</summary>
internal static class MessageChecks
{
    private const int Large = 2_000_003; // 8 MB, which MPI only moves when the receiver is there

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static void Run(MpiJob job, Findings findings)
    {
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size)])!;
        Crossing(group, findings);
        WithoutTheSender(job, group, findings);
        Many(group, findings);
    }

    /// <summary>All ranks send before any receives.</summary>
    private static void Crossing(MpiGroup group, Findings findings)
    {
        var (next, previous) = ((group.Rank + 1) % group.Size, (group.Rank + group.Size - 1) % group.Size);
        using var sent = full(Large, group.Rank, ScalarType.Float32);
        group.Send(sent, next, tag: 1);
        sent.fill_(-1);
        using var received = zeros(Large, ScalarType.Float32);
        group.Receive(received, previous, tag: 1);
        using var expected = full(Large, previous, ScalarType.Float32);
        findings.Add("a large message crosses others", Values.AreSame(received, expected));
    }

    /// <summary>
    /// Rank 0 is outside of MPI until rank 1 has its message, and hears of it by a file: as a rank that computes.
    /// </summary>
    private static void WithoutTheSender(MpiJob job, MpiGroup group, Findings findings)
    {
        var name = job.Broadcast(System.Text.Encoding.UTF8.GetBytes(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())), 0);
        var mark = System.Text.Encoding.UTF8.GetString(name);
        using var tensor = full(Large, group.Rank, ScalarType.Float32);
        if (group.Rank == 0)
        {
            group.Send(tensor, destination: 1, tag: 2);
            var arrived = SpinWait.SpinUntil(() => File.Exists(mark), Patience);
            findings.Add("a large message arrives while its sender computes", arrived);
            File.Delete(mark);
        }
        else if (group.Rank == 1)
        {
            // It comes late: the sender's own first push finds nobody.
            Thread.Sleep(100);
            group.Receive(tensor, source: 0, tag: 2);
            File.WriteAllText(mark, "");
            findings.Add("it has the sender's values", tensor[Large - 1].item<float>() == 0);
        }
    }

    private static void Many(MpiGroup group, Findings findings)
    {
        var (next, previous) = ((group.Rank + 1) % group.Size, (group.Rank + group.Size - 1) % group.Size);
        for (var tag = 0; tag < 300; tag++)
        {
            using var small = full(1 + (tag * 13), tag, ScalarType.Int64);
            group.Send(small, next, tag);
        }

        for (var tag = 299; tag >= 0; tag--)
        {
            using var received = zeros(1 + (tag * 13), ScalarType.Int64);
            group.Receive(received, previous, tag);
            findings.Add($"message {tag} of many", received[0].item<long>() == tag);
        }
    }
}
