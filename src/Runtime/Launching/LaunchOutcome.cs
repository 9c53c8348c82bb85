using ParDsl.Diagnostics;

namespace ParDsl.Runtime.Launching;

/// <summary>How a job ended, and the exit code that says so.</summary>
/// <param name="Line">The launcher's line on it; empty where the ranks have told all.</param>
public sealed record LaunchOutcome(LaunchEnd End, int ExitCode, string Line)
{
    /// <summary>What is to be told of it; null where the ranks have.</summary>
    public Diagnostic? Finding { get; init; }
}
