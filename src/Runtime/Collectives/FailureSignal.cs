namespace ParDsl.Runtime.Collectives;

/// <summary>The first failure of any of a process's ranks, which all others' waits look at.</summary>
/// <remarks>
/// A rank's failure is raised before others of the process can see anything of it. So a failure that follows from another's is never the
/// first one, however late the rank itself comes to tell why it ended.
/// </remarks>
public sealed class FailureSignal
{
    private RankFailure? first;

    public RankFailure? First => Volatile.Read(ref first);

    /// <summary>Records a failure; a later one, which is mostly a consequence, changes nothing.</summary>
    public void Raise(RankFailure failure) => Interlocked.CompareExchange(ref first, failure, null);

    public void ThrowIfRaised()
    {
        if (First is { } failure)
            throw new RankAbortedException(failure.Rank);
    }
}
