using System.Collections.Immutable;

namespace ParDsl.Runtime.Jobs;

/// <summary>
/// Texts from the processes of a job to the first one, beside what MPI or NCCL moves: any thread may send or wait, at any time,
/// also while training goes on.
/// </summary>
public interface IJobMail
{
    /// <summary>All processes of the job, in order.</summary>
    ImmutableArray<JobMember> Members { get; }

    /// <summary>Hands the first process a text; called by another one.</summary>
    void Tell(string text);

    /// <summary>The next text of another process, in the order in which it told them; called by the first one, which waits.</summary>
    /// <exception cref="RunFailedException">The process is gone, and told nothing more.</exception>
    string Hear(int rank);
}
