namespace ParDsl.Runtime.Collectives;

/// <summary>What ended a rank.</summary>
/// <param name="Rank">Its number in the world.</param>
public sealed record RankFailure(int Rank, Exception Cause);
