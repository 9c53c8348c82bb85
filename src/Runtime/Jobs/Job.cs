using System.Collections.Immutable;
using ParDsl.Compiler.Hardware;
using ParDsl.Diagnostics;
using ParDsl.Runtime.Calibration.Keeping;
using ParDsl.Runtime.Collectives;
using ParDsl.Runtime.Hardware;

namespace ParDsl.Runtime.Jobs;

/// <summary>Several processes that run one command together, as each of them knows it.</summary>
public sealed class Job
{
    internal Job(IRendezvous processes, ImmutableArray<ProcessReport> reports) => (Processes, Reports) = (processes, reports);

    public IRendezvous Processes { get; }

    /// <summary>What each process has told of itself, in order.</summary>
    public ImmutableArray<ProcessReport> Reports { get; }

    /// <summary>Why the first process's calibration, which would stand for all, is not used; null in the others, and where all is well.</summary>
    public Diagnostic? Warning { get; private init; }

    public ImmutableArray<JobMember> Members => [.. Reports.Select(report => report.Member)];

    /// <summary>Whether this is the process that talks and writes.</summary>
    public bool IsFirst => Processes.Rank == 0;

    /// <summary>Whether NCCL can move the bytes: each process has a GPU of its own, and NCCL is there on all machines.</summary>
    public bool HasNccl => WithoutNccl is null;

    /// <summary>The first process that has no GPU of its own or no NCCL; null where all have both.</summary>
    public JobMember? WithoutNccl =>
        Reports.FirstOrDefault(report => !report.HasNccl || GpuOf(report) is null)?.Member;

    /// <summary>All processes tell each other what they are, and see that they belong together.</summary>
    /// <param name="engine">The version of what will move the bytes.</param>
    /// <exception cref="RunFailedException">Two of them are of different builds or libraries: the same words in all.</exception>
    public static Job Join(IRendezvous processes, string engine)
    {
        var reports = CoreShares.Settle(processes.GatherValues(ProcessReport.Own(processes.Rank, engine)));
        RequireAlike(reports);
        var kept = processes.Rank == 0 ? CalibrationStore.Find(reports[0].Machine!) : CalibrationFinding.None;
        var text = processes.BroadcastValue(kept.Calibration is { } calibration ? CalibrationText.Write(calibration) : "", 0);
        return new Job(processes, reports.SetItem(0, reports[0] with { Calibration = text })) { Warning = kept.Warning };
    }

    /// <summary>
    /// The machines of all processes, the device of each, its own GPU where its machine has one for it, and how fast they are: as
    /// measured, or of GPUs that were not by their data sheet.
    /// </summary>
    public HardwareDescription Hardware()
    {
        var devices = Reports.Select(report => new ProcessDevice(report.Member.Host, GpuOf(report), report.Cores, report.MemoryBytes)
        {
            Threads = report.Threads,
        });
        var hardware = HardwareSet.Job([.. devices], HasNccl);
        return JobPerformance.Of(Reports) is { } measured ? hardware with { Performance = measured } : hardware;
    }

    /// <summary>This process's machine with its own share of the cores: what it does for itself, all others do meanwhile.</summary>
    public HardwareDescription OwnShare() => HardwareProbe.Probe() with { Cores = Reports[Processes.Rank].Threads };

    /// <summary>Tells all processes what this one found, and gives what all have, in order of ranks.</summary>
    /// <param name="isWell">Whether this process can go on.</param>
    public ImmutableArray<ProcessFindings> Share(bool isWell, IEnumerable<Diagnostic> findings) =>
        [.. Processes.GatherValues(new ProcessFindings(isWell, [.. findings.Select(DiagnosticMessage.Of)]))];

    /// <exception cref="RunFailedException">Two processes are of different builds or libraries.</exception>
    internal static void RequireAlike(ImmutableArray<ProcessReport> reports)
    {
        if (reports.FirstOrDefault(report => report.Build != reports[0].Build) is { } other)
            throw new RunFailedException(JobErrors.BuildsDiffer(reports[0].Member, other.Member));
        foreach (var (library, version) in reports[0].Libraries)
        {
            if (reports.FirstOrDefault(report => report.Libraries.GetValueOrDefault(library) != version) is { } odd)
                throw new RunFailedException(
                    JobErrors.LibrariesDiffer(library, reports[0].Member, version, odd.Member, odd.Libraries.GetValueOrDefault(library, "none")));
        }
    }

    /// <summary>Sees that all processes mean the same.</summary>
    /// <param name="fingerprint">Of this process's plan.</param>
    /// <exception cref="RunFailedException">They do not: the same words in all.</exception>
    public void RequireSamePlan(string fingerprint)
    {
        var all = Processes.GatherValues(fingerprint);
        var odd = Array.FindIndex(all, other => other != all[0]);
        if (odd >= 0)
            throw new RunFailedException(JobErrors.PlansDiffer(Members[0], Members[odd]));
    }

    private DeviceDescription? GpuOf(ProcessReport report)
    {
        var place = Reports.Count(other => other.Member.Host == report.Member.Host && other.Member.Rank < report.Member.Rank);
        return place < report.Gpus.Length ? report.Gpus[place] : null;
    }
}
