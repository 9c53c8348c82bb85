using System.Collections.Immutable;
using ParDsl.Runtime.Hardware;

namespace ParDsl.Runtime.Jobs;

/// <summary>
/// What cores the processes of a machine have together, and which share of them each has. A launcher may bind every process
/// to cores of its own, to a socket that several share, or to none.
/// </summary>
/// <remarks>
/// A core counts for each of the n processes that may run on it as 1 / n. All ranks of a machine have as many threads as the
/// smallest share allows: who waits for the slowest gains nothing by more, and what several compute alike has the same bits.
/// </remarks>
internal static class CoreShares
{
    /// <summary>Sums of fractions that are whole numbers but for rounding.</summary>
    private const double Rounding = 1e-6;

    /// <summary>The reports, with the cores of all processes of a machine in place of each one's own.</summary>
    public static ImmutableArray<ProcessReport> Settle(IReadOnlyList<ProcessReport> reports)
    {
        var settled = reports.ToArray();
        foreach (var machine in reports.Select((report, index) => (report, index)).GroupBy(pair => pair.report.Member.Host))
        {
            var (cores, threads) = Of([.. machine.Select(pair => pair.report)]);
            foreach (var (report, index) in machine)
                settled[index] = report with { Cores = cores, Threads = threads, Machine = report.Machine is { } own ? own with { Cores = cores } : null };
        }

        return [.. settled];
    }

    /// <summary>The cores of one machine's processes together, and the threads of each.</summary>
    private static (int Cores, int Threads) Of(ImmutableArray<ProcessReport> processes)
    {
        var sets = processes.Select(Numbers).ToArray();
        var users = sets.SelectMany(set => set).CountBy(core => core).ToDictionary();
        var cores = Math.Min(users.Count, Limit(processes, sets));
        var smallest = sets.Min(set => set.Sum(core => 1.0 / users[core])) * cores / users.Count;
        return (cores, Math.Max(1, (int)(smallest + Rounding)));
    }

    /// <summary>Of the machine's processor time, which a container may have less of than cores: .NET then counts fewer.</summary>
    private static int Limit(ImmutableArray<ProcessReport> processes, ImmutableArray<int>[] sets) => processes.Zip(sets)
        .Where(pair => pair.First.Cores < pair.Second.Length)
        .Select(pair => pair.First.Cores)
        .DefaultIfEmpty(int.MaxValue)
        .Min();

    /// <summary>Where a system does not tell, a process is taken to have the same cores as all others.</summary>
    private static ImmutableArray<int> Numbers(ProcessReport process) =>
        CoreNumbers.Of(process.CoreList) is { IsEmpty: false } told ? told : [.. Enumerable.Range(0, process.Cores)];
}
