namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>One pass of one micro-batch through one of a rank's chunks.</summary>
/// <param name="Chunk">
/// Chunk c of rank p is the virtual stage c * stages + p: a micro-batch visits every rank before it meets one again.
/// </param>
public sealed record ScheduleStep(ScheduleWork Work, int MicroBatch, int Chunk);
