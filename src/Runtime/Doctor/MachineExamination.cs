using System.Collections.Immutable;
using System.Diagnostics;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Collectives.Mpi;
using ParDsl.Runtime.Jobs;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Doctor;

/// <summary>
/// Looks at several machines at once: one process on each, which examines it, and measures its way to the first one. All
/// processes call it; each gets all reports, in order.
/// </summary>
public static class MachineExamination
{
    private const int ClockRounds = 8;
    private const int TripRounds = 200;
    private const int TransferRounds = 4;
    private const int TransferElements = 4 << 20; // of 4 bytes: 16 MiB

    public static ImmutableArray<MachineReport> Run(MpiJob job)
    {
        var processes = job.GatherValues(ProcessReport.Own(job.Rank, job.Version));
        var findings = job.GatherValues(Examination.Run().ToArray());
        var folders = FolderHere.Examine(job);
        var clocks = Clocks(job);
        var transfers = Transfers(job);
        return
        [
            .. processes.Select((process, rank) => new MachineReport(
                process,
                [.. findings[rank]],
                folders[rank],
                rank == 0 ? null : new MachineLink(clocks[rank].Ahead, clocks[rank].Doubt, transfers[rank].Trip, transfers[rank].Rate))),
        ];
    }

    /// <summary>
    /// All look at their clocks in between two meetings: the first one's own two looks around it bound the others'. The
    /// narrowest of some rounds counts.
    /// </summary>
    private static (TimeSpan Ahead, TimeSpan Doubt)[] Clocks(MpiJob job)
    {
        var best = Enumerable.Repeat((Ahead: TimeSpan.Zero, Doubt: TimeSpan.MaxValue), job.Size).ToArray();
        for (var round = 0; round < ClockRounds; round++)
        {
            job.Barrier();
            var start = DateTime.UtcNow;
            var times = job.GatherValues(DateTime.UtcNow);
            var doubt = (DateTime.UtcNow - start) / 2;
            var middle = start + doubt;
            for (var rank = 0; rank < job.Size; rank++)
            {
                if (doubt < best[rank].Doubt)
                    best[rank] = (times[rank] - middle, doubt);
            }
        }

        // The first one's looks are the ones that count.
        return job.BroadcastValue(best.Select(clock => new Clock(clock.Ahead, clock.Doubt)).ToArray(), 0)
            .Select(clock => (clock.Ahead, clock.Doubt)).ToArray();
    }

    /// <summary>The first machine and each other one in turn, with nobody else on the network.</summary>
    private static Transfer[] Transfers(MpiJob job)
    {
        var own = new Transfer(TimeSpan.Zero, 0);
        for (var rank = 1; rank < job.Size; rank++)
        {
            if (job.CreateGroup([0, rank]) is { } pair)
            {
                using (pair)
                    own = Measure(pair);
            }

            job.Barrier();
        }

        // Either end of a pair has measured it; the first process has only kept its last.
        return job.GatherValues(own);
    }

    private static Transfer Measure(MpiGroup pair)
    {
        using var scope = NewDisposeScope();
        return new Transfer(There(pair, ones(1), TripRounds), sizeof(float) * (double)TransferElements
            / (There(pair, ones(TransferElements), TransferRounds) / 2).TotalSeconds);
    }

    /// <summary>The quickest of some times there and back.</summary>
    private static TimeSpan There(MpiGroup pair, Tensor tensor, int rounds)
    {
        var quickest = TimeSpan.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            if (pair.Rank == 0)
            {
                pair.Send(tensor, 1, round);
                pair.Receive(tensor, 1, round);
            }
            else
            {
                pair.Receive(tensor, 0, round);
                pair.Send(tensor, 0, round);
            }

            var took = Stopwatch.GetElapsedTime(start);
            quickest = took < quickest ? took : quickest;
        }

        return quickest;
    }

    private sealed record Clock(TimeSpan Ahead, TimeSpan Doubt);

    private sealed record Transfer(TimeSpan Trip, double Rate);
}
