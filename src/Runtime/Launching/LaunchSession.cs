using System.Globalization;

namespace ParDsl.Runtime.Launching;

/// <summary>The processes on this machine that a launcher started, which share the session that it began.</summary>
internal static class LaunchSession
{
    /// <summary>Where the session's number stands in a process's line of /proc, behind its name in brackets.</summary>
    private const int SessionField = 3;

    /// <summary>Ends what is left of it.</summary>
    public static void End(int session)
    {
        foreach (var process in Processes(session))
            ProcessSignal.Send(process, ProcessSignal.Kill);
    }

    private static int[] Processes(int session) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && SessionOf(process) == session)
        .ToArray();

    /// <summary>0 where the process has ended meanwhile.</summary>
    private static int SessionOf(int process)
    {
        try
        {
            var line = File.ReadAllText($"/proc/{process}/stat");
            var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(fields[SessionField], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
