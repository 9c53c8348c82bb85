using System.Diagnostics;
using System.Globalization;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// The processes by which Hydra reaches other machines, ssh mostly. Where one fails, Hydra waits without a word and without an
/// end for a machine on which nothing will start. It leaves its dead unburied, so that they can be seen here.
/// </summary>
/// <param name="launcher">Hydra's process.</param>
/// <param name="isRefused">Whether ssh has said that it could not reach a machine.</param>
internal sealed class LaunchAgents(int launcher, Func<bool> isRefused)
{
    /// <summary>
    /// What fails later has done its work, since Hydra's own connections are up by then: ssh may lose one that nobody needs. ssh
    /// may take longer to find nobody, and says so.
    /// </summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    /// <summary>How long Hydra and the ranks have to tell of it themselves.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Where /proc has a process's state and exit status, behind its name in brackets.</summary>
    private const int StateField = 0;

    private const int StatusField = 49;

    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private readonly Stopwatch sinceFailure = new();

    /// <summary>What is known of the one that has failed; null where none has.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether one has failed for so long that nobody else will tell of it.</summary>
    public bool HaveFailed()
    {
        if (!sinceFailure.IsRunning && (sinceStart.Elapsed < StartLimit || isRefused()) && FailedStatus() is { } status)
        {
            Failure = Words(status);
            sinceFailure.Start();
        }

        return sinceFailure.Elapsed > Patience;
    }

    private int? FailedStatus() => Children().Select(Status).FirstOrDefault(status => status is not (null or 0));

    private static string Words(int status) => string.Create(
        CultureInfo.InvariantCulture,
        $"what was to start it on another machine ended {((status & 0x7f) == 0 ? $"with exit code {status >> 8}" : $"by signal {status & 0x7f}")}");

    private string[] Children() =>
        Read($"/proc/{launcher}/task/{launcher}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>As wait(2) gives it; null of one that lives.</summary>
    private static int? Status(string process)
    {
        var line = Read($"/proc/{process}/stat");
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > StatusField && fields[StateField] == "Z"
            ? int.Parse(fields[StatusField], CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Empty where the process has ended meanwhile.</summary>
    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
