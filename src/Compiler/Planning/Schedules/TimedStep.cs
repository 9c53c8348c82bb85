namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>A step, when it starts, and when what it computes is there.</summary>
public sealed record TimedStep(ScheduleStep Step, long Start, long End);
