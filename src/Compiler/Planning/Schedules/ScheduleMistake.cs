namespace ParDsl.Compiler.Planning.Schedules;

/// <summary>What a schedule cannot do with the numbers it is given.</summary>
public enum ScheduleMistake
{
    /// <summary>Interleaving needs at least two chunks a rank.</summary>
    TooFewChunks,

    /// <summary>A schedule that does not interleave has one chunk a rank.</summary>
    ChunksWithoutInterleaving,

    /// <summary>Interleaving takes turns in rounds of as many micro-batches as there are stages.</summary>
    MicroBatchesNotMultipleOfStages,
}
