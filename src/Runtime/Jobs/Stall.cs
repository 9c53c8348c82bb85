namespace ParDsl.Runtime.Jobs;

/// <summary>A job that comes no step further.</summary>
/// <param name="Rank">The one that the others wait for, or that has waited for longest.</param>
/// <param name="AllWait">Whether each rank waits for another one.</param>
/// <param name="Time">Since any rank has come on.</param>
internal sealed record Stall(int Rank, bool AllWait, TimeSpan Time);
