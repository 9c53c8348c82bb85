namespace ParDsl.Runtime.Launching;

/// <summary>How a job ended, and the exit code that says so.</summary>
/// <param name="Line">The launcher's line on it; empty where the ranks have told all.</param>
public sealed record LaunchOutcome(LaunchEnd End, int ExitCode, string Line);
