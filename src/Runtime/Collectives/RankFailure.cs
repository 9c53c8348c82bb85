namespace ParDsl.Runtime.Collectives;

/// <summary>What ended a rank.</summary>
/// <param name="Rank">Its number in the world.</param>
/// <param name="Action">What it was doing, in words.</param>
public sealed record RankFailure(int Rank, string Action, Exception Cause);
