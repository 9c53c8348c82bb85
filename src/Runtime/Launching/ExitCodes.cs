namespace ParDsl.Runtime.Launching;

/// <summary>The exit codes of <c>pardsl run</c>, which a launcher hands on; any other one is the launcher's.</summary>
internal static class ExitCodes
{
    public const int RunFailed = 3;

    /// <summary>Done, spec, command line, run; to be requeued; interrupted.</summary>
    private static readonly int[] All = [0, 1, 2, RunFailed, 75, 130];

    public static bool IsOwn(int code) => All.Contains(code);

    public static int Own(int code) => IsOwn(code) ? code : RunFailed;
}
