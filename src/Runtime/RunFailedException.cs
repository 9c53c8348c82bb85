using ParDsl.Diagnostics;

namespace ParDsl.Runtime;

/// <summary>
/// A run that cannot start or go on for a reason the user can act on. The command line prints the diagnostic, nothing
/// else.
/// </summary>
public sealed class RunFailedException(Diagnostic diagnostic, Exception? cause = null) : Exception(diagnostic.Message, cause)
{
    public Diagnostic Diagnostic { get; } = diagnostic;

    /// <summary>Null where the reason lies in no single rank: bad data, a full disk, a loss that is no number.</summary>
    public FailedRank? Rank { get; init; }

    /// <summary>Whether the spec is what has to change, not the machine.</summary>
    public bool IsSpecWrong { get; init; }

    /// <summary>Whether what the ranks hold is spoiled, so that only a checkpoint is left to go on from.</summary>
    public bool IsStateSpoiled { get; init; }
}
