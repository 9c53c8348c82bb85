namespace ParDsl.Runtime.Launching;

/// <summary>The exit codes of <c>pardsl run</c>, which a launcher hands on; any other one is the launcher's.</summary>
internal static class ExitCodes
{
    public const int RunFailed = 3;

    /// <summary>Done, spec, command line, run; to be requeued; interrupted.</summary>
    private static readonly int[] All = [0, 1, 2, RunFailed, 75, 130];

    /// <summary>What a shell, and so a launcher, adds to the number of the signal that ended a process.</summary>
    private const int Signalled = 128;

    private const int LastSignal = 64;

    public static bool IsOwn(int code) => All.Contains(code);

    /// <summary>The signal that ended a process with this exit code; null where it ended by itself.</summary>
    public static int? SignalOf(int code) => code is > Signalled and <= Signalled + LastSignal && !IsOwn(code) ? code - Signalled : null;

    public static int Own(int code) => IsOwn(code) ? code : RunFailed;
}
