using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// Starts a job and stays its parent: what the ranks say is shown, Ctrl-C and SIGTERM reach them once, and nothing of the job
/// outlives this process.
/// </summary>
public static class JobLaunch
{
    /// <summary>Says to each process of the job that it is one, and that its starter hands signals on.</summary>
    public const string Mark = "PARDSL_LAUNCHED";

    /// <summary>The word by which this program becomes the launcher: see <see cref="BoundProcess"/>.</summary>
    public const string BecomeWord = "--become";

    /// <summary>Called on the program's first thread: the launcher ends when the thread that started it does.</summary>
    /// <param name="readsOutput">Whether the ranks tell of errors on standard output.</param>
    /// <exception cref="RunFailedException">The launcher failed, or a process was ended and no rank told why.</exception>
    public static LaunchOutcome Run(Launcher launcher, LaunchRequest request, bool readsOutput)
    {
        var report = new LauncherReport(launcher.Kind);
        using var process = Start(launcher, request, readsOutput);
        using var signals = new LaunchSignals(launcher.Kind, process.Id);
        process.StandardInput.Close();
        ImmutableArray<Task> streams =
        [
            Task.Run(() => Show(process.StandardError, Console.Error, report.IsFromRank)),
            .. readsOutput ? [Task.Run(() => Show(process.StandardOutput, Console.Out, Noted(report)))] : (Task[])[],
        ];
        process.WaitForExit();
        // What a killed rank left open must not hold us up.
        Task.WaitAll([.. streams], TimeSpan.FromSeconds(5));
        ProcessSignal.Send(-process.Id, ProcessSignal.Kill);
        return Judge(launcher, report, report.Outcome(process.ExitCode));
    }

    private static Func<string, bool> Noted(LauncherReport report) => line =>
    {
        report.Note(line);
        return true;
    };

    private static LaunchOutcome Judge(Launcher launcher, LauncherReport report, LaunchOutcome outcome) => outcome.End switch
    {
        LaunchEnd.NotStarted => throw new RunFailedException(LaunchErrors.LauncherFailed(launcher, outcome.Line)),
        LaunchEnd.ProcessLost when !report.HasDiagnostic => throw new RunFailedException(LaunchErrors.ProcessEnded(outcome.Line)),
        LaunchEnd.Ended when report.HasLoss => outcome with { End = LaunchEnd.ProcessLost },
        _ => outcome,
    };

    private static Process Start(Launcher launcher, LaunchRequest request, bool readsOutput)
    {
        var start = new ProcessStartInfo(request.Program[0])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = readsOutput,
            UseShellExecute = false,
        };
        ImmutableArray<string> words =
        [
            .. request.Program[1..],
            BecomeWord,
            Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            launcher.Path,
            .. LaunchArguments.Of(launcher, request),
        ];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        start.Environment[Mark] = "1";
        // Open MPI gives its processes a terminal for their output; what they write is for pipes and files.
        start.Environment["TERM"] = "dumb";
        return Process.Start(start)!;
    }

    private static void Show(StreamReader from, TextWriter to, Func<string, bool> isShown)
    {
        while (from.ReadLine() is { } line)
        {
            if (isShown(line))
                to.WriteLine(line);
        }

        to.Flush();
    }
}
