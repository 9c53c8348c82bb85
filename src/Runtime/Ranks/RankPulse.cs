namespace ParDsl.Runtime.Ranks;

/// <summary>How far a rank has come, as a watch needs it to tell a hang from work.</summary>
/// <param name="DoneCount">The actions and collectives that it has done: a count that only grows.</param>
/// <param name="IsAtWork">
/// Whether it does an update's or an evaluation's actions, whose lengths are known from the ones before; else it prepares, tells
/// or saves, which takes as long as it takes.
/// </param>
/// <param name="IsWaiting">Whether it waits for other ranks.</param>
/// <param name="HasUpdated">Whether its first update is done: what is slow once, is over.</param>
public readonly record struct RankPulse(long DoneCount, bool IsAtWork, bool IsWaiting, bool HasUpdated);
