using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Jobs;

/// <summary>What can go wrong between the processes of a job: PD5381 to PD5399.</summary>
public static class JobErrors
{
    public static Diagnostic Died(JobMember member, string activity) => Error(
        "PD5381",
        $"{member.Words} (process {member.ProcessId}) died in {activity}; the job has ended on all ranks",
        $"see the end of the kernel's log on {member.Host} (`journalctl -k`): where memory ran out, the kernel ends the largest "
            + "process; `--resume` goes on from the last checkpoint");

    public static Diagnostic Silent(JobMember member, string activity, TimeSpan silence) => Error(
        "PD5382",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{member.Words} (process {member.ProcessId}) has said nothing for {silence.TotalSeconds:0.#} s, since it was in {activity}; the job has ended on all ranks"),
        $"see whether {member.Host} still answers and its network is up; where it is only slow, give it longer: "
            + "`PARDSL_HANG_LIMIT=120`");

    /// <summary>One rank does not come on, and the others wait for it.</summary>
    public static Diagnostic Stalled(JobMember member, string activity, TimeSpan time) => NoProgress(string.Create(
        CultureInfo.InvariantCulture,
        $"{member.Words} (process {member.ProcessId}) lives and has not come on for {time.TotalSeconds:0} s in {activity}, and the others wait for it"));

    /// <summary>All wait for each other.</summary>
    /// <param name="longest">The one that has waited for longest.</param>
    public static Diagnostic AllWait(JobMember longest, string activity, TimeSpan time) => NoProgress(string.Create(
        CultureInfo.InvariantCulture,
        $"all ranks have waited for each other for {time.TotalSeconds:0} s, {longest.Words} (process {longest.ProcessId}) for longest, in {activity}"));

    public static Diagnostic CannotReachFirst(ImmutableArray<JobMember> missing, JobMember first, IEnumerable<string> addresses, int port) => Error(
        "PD5383",
        $"{string.Join(", ", missing.Select(member => member.Words))} cannot reach {first.Words} at port {port} of "
            + string.Join(", ", addresses),
        "open a port for it in the firewall between the machines, and name it: `PARDSL_WATCH_PORT=29400`");

    public static Diagnostic PortInUse(int port) => Error(
        "PD5384",
        $"port {port}, where the first process of the job is to listen, is in use",
        "name another one: `PARDSL_WATCH_PORT=29401`; without it any free port is taken");

    public static Diagnostic BuildsDiffer(JobMember first, JobMember other) => Error(
        "PD5385",
        $"{first.Words} and {other.Words} run different builds of ParDsl",
        "install one build on all machines, or start it from a folder that all of them share; "
            + "`pardsl doctor --hosts` shows each machine's");

    public static Diagnostic LibrariesDiffer(string library, JobMember first, string version, JobMember other, string otherVersion) =>
        Error(
            "PD5385",
            $"{library} is {version} on {first.Words}, and {otherVersion} on {other.Words}",
            "install one version on all machines: sums could differ otherwise, or the processes fail to connect");

    public static Diagnostic PlansDiffer(JobMember first, JobMember other) => Error(
        "PD5386",
        $"{first.Words} and {other.Words} have made different plans of one spec",
        "the data's files differ between the machines: compare their sizes and headers on both");

    internal static Diagnostic DataDiffers(DataReport first, DataReport other) => Error(
        "PD5386",
        $"{first.Member.Words} and {other.Member.Words} have read different data: "
            + (first.SampleCount == other.SampleCount
                ? string.Create(CultureInfo.InvariantCulture, $"{first.SampleCount:#,0} samples each, and not the same ones")
                : string.Create(CultureInfo.InvariantCulture, $"{first.SampleCount:#,0} samples, and {other.SampleCount:#,0}")),
        "copy the same files to both machines: `sha256sum` tells them apart");

    public static Diagnostic NoGpuForTorch(int rank, string host) => Error(
        "PD5387",
        $"rank {rank} on host {host} was started with PyTorch's variables, and has no GPU of its own that NCCL could connect",
        "on machines of CPUs MPI connects the ranks: `mpirun -n 4 pardsl run FILE`, or `pardsl run FILE --processes 4`");

    public static Diagnostic ScriptInJob(int size) => Error(
        "PD5389",
        $"a launcher started this script {size} times, and F# trains in one process: each would train alone",
        "start ParDsl with the script, and each process has a rank of the program: `mpirun -n 4 pardsl run model.fsx`");

    public static Diagnostic NotASetting(string variable, string text, string expected, string example) => Error(
        "PD5388",
        $"{variable} is `{text}`, and {expected} was expected",
        $"set it to one, `{variable}={example}`, or not at all");

    private static Diagnostic NoProgress(string finding) => Error(
        "PD5390",
        $"{finding}; the job has ended on all ranks",
        "`--resume` goes on from the last checkpoint; where a step may really take so long, give it longer: "
            + "`PARDSL_STALL_LIMIT=3600`");

    private static Diagnostic Error(string code, string message, string help) =>
        new(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []);
}
