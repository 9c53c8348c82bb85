using System.Collections.Immutable;
using ParDsl.Runtime.Collectives.Mpi;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.MpiRanks;

/// <summary>Groups cut from the job, and two groups of the same ranks that two threads use at once.</summary>
internal static class GroupChecks
{
    private const int Rounds = 200;

    public static void Run(MpiJob job, Findings findings)
    {
        Halves(job, findings);
        Backwards(job, findings);
        Threads(job, findings);
    }

    /// <summary>Even and odd ranks: each is in one group, and gets null for the other.</summary>
    private static void Halves(MpiJob job, Findings findings)
    {
        for (var half = 0; half < 2; half++)
        {
            var ranks = Enumerable.Range(0, job.Size).Where(rank => rank % 2 == half).ToImmutableArray();
            using var group = job.CreateGroup(ranks);
            findings.Add($"half {half}: members alone get a group", (group is not null) == ranks.Contains(job.Rank));
            if (group is null)
                continue;
            using var tensor = full([100], job.Rank, ScalarType.Int64);
            group.AllReduce(tensor);
            findings.Add($"half {half}: the sum of its ranks", tensor[0].item<long>() == ranks.Sum());
            group.Broadcast(tensor, group.Size - 1);
            group.Barrier();
        }
    }

    private static void Backwards(MpiJob job, Findings findings)
    {
        using var group = job.CreateGroup([.. Enumerable.Range(0, job.Size).Reverse()])!;
        findings.Add("ranks are numbered as they are listed", group.Rank == job.Size - 1 - job.Rank);
        using var own = full([1], job.Rank, ScalarType.Int64);
        using var all = zeros(job.Size, ScalarType.Int64);
        group.AllGather(own, all);
        findings.Add("parts lie in the group's order", all.data<long>().ToArray().SequenceEqual(Down(job.Size)));
    }

    private static IEnumerable<long> Down(int size) => Enumerable.Range(0, size).Select(place => (long)(size - 1 - place));

    /// <summary>As a rank and its second thread do: each in its own order, at its own pace.</summary>
    private static void Threads(MpiJob job, Findings findings)
    {
        var everyone = Enumerable.Range(0, job.Size).ToImmutableArray();
        using var foreground = job.CreateGroup(everyone)!;
        using var background = job.CreateGroup(everyone)!;
        var second = new Thread(() => Sums(background, findings, 50_000));
        second.Start();
        Sums(foreground, findings, 300);
        second.Join();
    }

    private static void Sums(MpiGroup group, Findings findings, int count)
    {
        set_num_threads(1);
        using var tensor = zeros(count, ScalarType.Float32);
        for (var round = 0; round < Rounds; round++)
        {
            tensor.fill_(group.Rank + round);
            group.AllReduce(tensor);
            var sum = (group.Size * (group.Size - 1) / 2) + (group.Size * round);
            using var expected = full_like(tensor, sum);
            findings.Add($"round {round} of {count}", Values.AreSame(tensor, expected));
            // Ranks go on at different times.
            if ((round + group.Rank) % 50 == 0)
                Thread.Sleep(2);
        }
    }
}
