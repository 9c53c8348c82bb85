namespace ParDsl.Runtime;

/// <summary>The rank that ended a run.</summary>
/// <param name="Rank">Its number in the world.</param>
/// <param name="Device">The plan's name of its device.</param>
/// <param name="Action">What it was doing, in words.</param>
public sealed record FailedRank(int Rank, string Device, string Action);
