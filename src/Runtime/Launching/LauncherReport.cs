using System.Diagnostics;
using System.Text.RegularExpressions;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// A launcher's standard error, line by line: what the ranks say goes on, what the launcher says is kept, since its banners
/// bury the one line that counts. It knows both launchers' manners, and how a job ended.
/// </summary>
internal sealed partial class LauncherReport(LauncherKind kind)
{
    private readonly List<string> kept = [];
    private readonly Stopwatch diagnostic = new();
    private bool isInBanner;
    private volatile bool isClosed;

    /// <summary>Whether a rank told of an error already.</summary>
    public bool HasDiagnostic => diagnostic.IsRunning;

    /// <summary>How long ago it did; nothing where none has.</summary>
    public TimeSpan SinceDiagnostic => diagnostic.Elapsed;

    /// <summary>Whether ssh has said that it could not reach a machine.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>
    /// The outcome where the launcher had to be ended: the ranks have failed and told of it, or a machine could not be reached.
    /// </summary>
    /// <param name="unreached">What is known of that where nobody says more.</param>
    public LaunchOutcome Failure(string? unreached)
    {
        if (HasDiagnostic || unreached is null)
            return new(LaunchEnd.Ended, ExitCodes.RunFailed, "");
        lock (kept)
            return new(LaunchEnd.NotStarted, ExitCodes.RunFailed, FirstWords ?? unreached);
    }

    /// <summary>Whether a rank told that another process was lost or hangs, which a new start can mend.</summary>
    public bool HasLoss { get; private set; }

    /// <summary>The launcher is ended now: the ranks have said their last word, and what it says of its own end helps nobody.</summary>
    public void Close() => isClosed = true;

    /// <summary>Whether the line is a rank's, to be shown.</summary>
    public bool IsFromRank(string line)
    {
        lock (kept)
        {
            if (isClosed || IsLaunchers(line))
            {
                kept.Add(line);
                return false;
            }
        }

        Note(line);
        return true;
    }

    /// <summary>Looks at a line of a rank's without judging whose it is.</summary>
    public void Note(string line)
    {
        if (Diagnostic().IsMatch(line))
            diagnostic.Start();
        HasLoss |= Loss().IsMatch(line);
    }

    /// <summary>How the job ended, from the launcher's exit code and its words.</summary>
    public LaunchOutcome Outcome(int exitCode)
    {
        lock (kept)
            return OutcomeOfKept(exitCode);
    }

    private LaunchOutcome OutcomeOfKept(int exitCode)
    {
        if (Killed() is { } killed)
            return new LaunchOutcome(LaunchEnd.ProcessLost, ExitCodes.RunFailed, killed);
        var first = FirstWords;
        var isRanks = first is null || kept.Any(line => RanksEnded().IsMatch(line)) || HasDiagnostic;
        // Open MPI may take its word for a killed process's exit, and then says no more than that there was one.
        if (isRanks && !HasDiagnostic && ExitCodes.SignalOf(exitCode) is { } signal)
            return new LaunchOutcome(LaunchEnd.ProcessLost, ExitCodes.RunFailed, $"exit code {exitCode}, which is signal {signal}'s");
        if (exitCode == 0 || isRanks)
            return new LaunchOutcome(LaunchEnd.Ended, ExitCodes.Own(exitCode), "");
        return new LaunchOutcome(LaunchEnd.NotStarted, ExitCodes.RunFailed, first!);
    }

    /// <summary>The first line that says something; null where none does.</summary>
    private string? FirstWords => kept.Select(Meaning).FirstOrDefault(line => line.Length > 0);

    private bool IsLaunchers(string line)
    {
        var isLoose = Loose().IsMatch(line);
        IsRefused |= isLoose;
        if (Border().IsMatch(line))
        {
            isInBanner = kind == LauncherKind.OpenMpi && !isInBanner;
            return true;
        }

        return isInBanner || isLoose
            || (kind == LauncherKind.OpenMpi ? OpenMpiLine() : HydraLine()).IsMatch(line);
    }

    /// <summary>What was ended by a signal, and how: Hydra says which process where in a line of its own; null where nothing was.</summary>
    private string? Killed() => kept.Select(Killed).FirstOrDefault(line => line is not null) is { } killed
        ? string.Join(", ", [.. kept.Select(HydraProcess).OfType<string>().Take(1), killed])
        : null;

    private static string? HydraProcess(string line) =>
        Running().Match(line) is { Success: true } found ? $"process {found.Groups[1].Value} on {found.Groups[2].Value}" : null;

    /// <summary>What the line says, without the launcher's own marks; empty where it says nothing.</summary>
    private static string Meaning(string line)
    {
        var words = Mark().Replace(line, "").Trim();
        return Border().IsMatch(line) || Chatter().IsMatch(words) ? "" : words.TrimEnd(':', '.');
    }

    private static string? Killed(string line) =>
        Signalled().Match(line) is { Success: true } found ? found.Groups[1].Value.TrimEnd('.') : null;

    [GeneratedRegex(@"^(-{60,}|={60,})\s*$")]
    private static partial Regex Border();

    [GeneratedRegex(@"^(ssh|ssh_exchange_identification|kex_exchange_identification|rsh)[: ]|^Host key verification failed|: Permission denied \(")]
    private static partial Regex Loose();

    [GeneratedRegex(@"^\S*(mpirun|mpiexec|orterun|prterun)\S*: |^\[[^\]]+:\d+\] (\d+ more process|Set MCA parameter|\[\[.*ORTE_ERROR_LOG|PMIX ERROR|PRTE ERROR)|^\d+ total processes (failed to start|killed)")]
    private static partial Regex OpenMpiLine();

    [GeneratedRegex(@"^\[(mpiexec|proxy)[:@]|^=   |^YOUR APPLICATION TERMINATED|^This typically refers to a problem|^Please see the FAQ page")]
    private static partial Regex HydraLine();

    [GeneratedRegex(@"^\[(mpiexec|proxy)[^\]]*\] (\w+ \([^)]*\): )?|^\[[^\]]+:\d+\] |^=   ")]
    private static partial Regex Mark();

    [GeneratedRegex(@"Forwarding signal|Sending Ctrl-C|Press Ctrl-C|^The .*(launcher|daemon)s? .*:$|^BAD TERMINATION|^CLEANING UP|^YOU CAN IGNORE|^An ORTE daemon has unexpectedly failed|^ORTE was unable to reliably start|^WARNING: ")]
    private static partial Regex Chatter();

    [GeneratedRegex(@"Primary job +terminated normally|MPI_ABORT was invoked|exited improperly|without calling ""?finalize|detected that one or more processes exited")]
    private static partial Regex RanksEnded();

    [GeneratedRegex(@"((?:process rank \d+ .*exited on signal .*)|(?:Killed|Terminated|Aborted|Segmentation fault|Bus error|Illegal instruction|Floating point exception) \(signal \d+\).*)")]
    private static partial Regex Signalled();

    [GeneratedRegex(@"^=   PID (\d+) RUNNING AT (\S+)")]
    private static partial Regex Running();

    [GeneratedRegex(@"^error PD\d{4}: |""event"":""error"",|""event"":""diagnostic"",""code"":""PD\d{4}"",""severity"":""error""")]
    private static partial Regex Diagnostic();

    [GeneratedRegex(@"^error PD53(?:8[12]|90): |""code"":""PD53(?:8[12]|90)""")]
    private static partial Regex Loss();
}
