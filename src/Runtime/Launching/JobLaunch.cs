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

    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a launcher may outlive the ranks' last word, and then a signal to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Called on the program's first thread: the launcher ends when the thread that started it does.</summary>
    /// <param name="readsOutput">Whether the ranks tell of errors on standard output.</param>
    public static LaunchOutcome Run(Launcher launcher, LaunchRequest request, bool readsOutput)
    {
        var report = new LauncherReport(launcher.Kind);
        // Hydra mixes what it says itself into the ranks' output.
        var isMixed = launcher.Kind == LauncherKind.Hydra;
        using var process = Start(launcher, request, readsOutput || isMixed);
        using var signals = new LaunchSignals(launcher.Kind, process.Id);
        process.StandardInput.Close();
        ImmutableArray<Task> streams =
        [
            Task.Run(() => Show(process.StandardError, Console.Error, report.IsFromRank)),
            .. readsOutput || isMixed
                ? [Task.Run(() => Show(process.StandardOutput, Console.Out, isMixed ? report.IsFromRank : Noted(report)))]
                : (Task[])[],
        ];
        var agents = launcher.Kind == LauncherKind.Hydra ? new LaunchAgents(process.Id, () => report.IsRefused) : null;
        var endedItself = Await(process, report, agents);
        LaunchSession.End(process.Id);
        // What a process elsewhere holds open must not hold us up.
        Task.WaitAll([.. streams], TimeSpan.FromSeconds(2));
        var outcome = Judge(launcher, report, endedItself ? report.Outcome(process.ExitCode) : report.Failure(agents?.Failure));
        // Who asked it to end does not want it again, and who insisted knows what ended the processes.
        return signals.HasAsked
            ? outcome with { End = LaunchEnd.Ended, Finding = signals.HasForced ? null : outcome.Finding }
            : outcome;
    }

    /// <summary>
    /// Waits for the launcher. When the ranks have told why they end, it has some time to follow: one that waits for a machine
    /// which is cut off would never do so. The same where it cannot reach a machine. False where it had to be ended.
    /// </summary>
    private static bool Await(Process process, LauncherReport report, LaunchAgents? agents)
    {
        while (!process.WaitForExit(Pulse))
        {
            if (report.HasDiagnostic ? report.SinceDiagnostic < Patience : agents?.HaveFailed() is not true)
                continue;
            report.Close();
            ProcessSignal.Send(process.Id, ProcessSignal.Terminate);
            if (!process.WaitForExit(Grace))
                LaunchSession.End(process.Id);
            process.WaitForExit();
            return false;
        }

        return true;
    }

    private static Func<string, bool> Noted(LauncherReport report) => line =>
    {
        report.Note(line);
        return true;
    };

    private static LaunchOutcome Judge(Launcher launcher, LauncherReport report, LaunchOutcome outcome) => outcome.End switch
    {
        LaunchEnd.NotStarted => outcome with { Finding = LaunchErrors.LauncherFailed(launcher, outcome.Line) },
        LaunchEnd.ProcessLost when !report.HasDiagnostic => outcome with { Finding = LaunchErrors.ProcessEnded(outcome.Line) },
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
