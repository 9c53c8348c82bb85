namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>The step that a rank never starts, since what it needs is never computed.</summary>
public sealed record BlockedStep(int Rank, ScheduleStep Step);
