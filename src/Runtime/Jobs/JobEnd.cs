using ParDsl.Diagnostics;

namespace ParDsl.Runtime.Jobs;

/// <summary>Why a job ends before its time, as the process hears it that is to tell the user.</summary>
/// <param name="Finding">What to tell; null where the process that failed has been told of already.</param>
/// <param name="ExitCode">What every process is to end with.</param>
/// <param name="Cause">Whose failure it is, where it lies in one rank.</param>
public sealed record JobEnd(Diagnostic? Finding, int ExitCode, FailedRank? Cause)
{
    /// <summary>Whether a process hangs, so that only its launcher can end it.</summary>
    public bool LeavesOneHanging { get; init; }
}
