using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>
/// The launchers of the machine's MPIs, called as a user calls them. Every call is bounded in time, and what is left of a job
/// is ended by process id.
/// </summary>
internal static class Launcher
{
    public const string OpenMpi = "mpirun.openmpi";
    public const string Mpich = "mpiexec.hydra";

    /// <summary>Where the ranks look for a calibration, in their folder; there is none but a test's own.</summary>
    public const string CalibrationFile = "no-calibration.json";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Starts a program on so many ranks.</summary>
    /// <param name="program">The program and its words.</param>
    public static Process Start(string launcher, int ranks, string folder, params string[] program)
    {
        string[] own = launcher == OpenMpi
            ? ["-q", "-n", Number(ranks), "--oversubscribe", "--allow-run-as-root", .. program]
            : ["-n", Number(ranks), "-disable-auto-cleanup", .. program];
        return StartAsCalled(launcher, folder, [], own);
    }

    /// <summary>Starts a launcher with these words, under another command (<c>taskset -c 0</c>) or none.</summary>
    public static Process StartAsCalled(string launcher, string folder, string[] under, params string[] words)
    {
        if (!File.Exists($"/usr/bin/{launcher}"))
            Assert.Skip($"there is no {launcher}");
        return StartAny(folder, [.. under, $"/usr/bin/{launcher}", .. words]);
    }

    /// <summary>What a shell starts, as launchers of no MPI do.</summary>
    public static ProgramResult RunShell(string folder, string commands)
    {
        using var process = StartAny(folder, "sh", "-c", commands);
        return Pardsl.Finish(process, Patience);
    }

    private static Process StartAny(string folder, params string[] all)
    {
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // In a container, tests run as root.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        // Ranks that outnumber the cores sleep while they wait, in the watch's time as in MPI's.
        start.Environment["PARDSL_HANG_LIMIT"] = "10";
        // What was measured of this machine, or is stale, would be in what tests compare.
        start.Environment["PARDSL_CALIBRATION"] = Path.Combine(folder, CalibrationFile);
        var process = Process.Start(start) ?? throw new InvalidOperationException("the launcher did not start");
        process.StandardInput.Close();
        return process;
    }

    public static ProgramResult Run(string launcher, int ranks, string folder, params string[] program)
    {
        using var process = Start(launcher, ranks, folder, program);
        return Pardsl.Finish(process, Patience);
    }

    /// <summary>
    /// The same, with the exit code of each rank that its launcher left the time to write it down. Hydra tells processes of
    /// another's end by a signal that would end a shell.
    /// </summary>
    public static (ProgramResult Result, IReadOnlyList<string> Codes) RunNoted(
        string launcher, int ranks, string folder, params string[] program)
    {
        var result = Run(launcher, ranks, folder, ["sh", "-c", "trap : USR1; \"$@\"; code=$?; echo $code > exit-code-$$; exit $code", "sh", .. program]);
        return (result, [.. Directory.GetFiles(folder, "exit-code-*").Select(file => File.ReadAllText(file).Trim())]);
    }

    public static ProgramResult RunAsCalled(string launcher, string folder, string[] under, params string[] words)
    {
        using var process = StartAsCalled(launcher, folder, under, words);
        return Pardsl.Finish(process, Patience);
    }

    /// <summary>The process of a rank below a launcher that runs <c>pardsl</c>; waits until it is there.</summary>
    public static int ProcessOf(int rank, Process launcher)
    {
        string[] marks = [$"OMPI_COMM_WORLD_RANK={rank}", $"PMI_RANK={rank}"];
        var end = Stopwatch.StartNew();
        while (end.Elapsed < Patience)
        {
            foreach (var process in Descendants(launcher.Id))
            {
                if (Environment(process).Intersect(marks).Any() && Command(process).EndsWith("pardsl/pardsl", StringComparison.Ordinal))
                    return process;
            }

            Thread.Sleep(50);
        }

        throw new TimeoutException($"rank {rank} did not start");
    }

    public static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", ["-" + signal, Number(process)]);
        kill.WaitForExit();
    }

    /// <summary>All processes below one, which must be gone when a job has ended.</summary>
    public static IReadOnlyList<int> Descendants(int root)
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? id : 0)
            .Where(id => id > 0)
            .Select(id => (Id: id, Parent: Parent(id)))
            .ToLookup(process => process.Parent, process => process.Id);
        var found = new List<int>();
        for (var next = new Queue<int>([root]); next.TryDequeue(out var parent);)
        {
            foreach (var child in parents[parent])
            {
                found.Add(child);
                next.Enqueue(child);
            }
        }

        return found;
    }

    public static bool IsAlive(int process) => Parent(process) != 0 && !Read(process, "stat").Contains(") Z", StringComparison.Ordinal);

    private static int Parent(int process)
    {
        var stat = Read(process, "stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 ? int.Parse(fields[1], CultureInfo.InvariantCulture) : 0;
    }

    private static string[] Environment(int process) => Read(process, "environ").Split('\0');

    private static string Command(int process) => Read(process, "cmdline").Split('\0')[0];

    /// <summary>Empty where the process has ended meanwhile.</summary>
    private static string Read(int process, string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{name}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
