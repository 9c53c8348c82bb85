namespace ParDsl.Runtime.Collectives;

/// <summary>Thrown by a collective on the ranks that are well, when another one has failed: they only end.</summary>
public sealed class RankAbortedException(int failedRank) : Exception($"rank {failedRank} failed")
{
    public int FailedRank { get; } = failedRank;
}
