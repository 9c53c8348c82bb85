using System.Collections.Immutable;
using ParDsl.Compiler.Plans;
using ParDsl.Runtime.Checkpoints;
using ParDsl.Runtime.Engines;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>What each process of a run does for its checkpoints.</summary>
internal static class CheckpointSavers
{
    /// <summary>Whether each process writes its own part, instead of bringing it to the first one.</summary>
    public static bool InParts(RunOptions options, IEngine engine) =>
        options.KeepsCheckpoints && engine.Processes.Size > 1 && !options.GathersCheckpoints;

    /// <summary>Called by all processes before the first update; null where nothing is kept.</summary>
    /// <exception cref="RunFailedException">A process that has a part to write does not see the run's folder.</exception>
    public static ICheckpointSaver? Create(ExecutionPlan plan, RunOptions options, IEngine engine, PieceOwners owners)
    {
        if (!options.KeepsCheckpoints)
            return null;
        if (!InParts(options, engine))
            return new WholeSaver(options.Directory);
        var mail = options.Mail ?? throw new ArgumentException("processes that write parts need a way to say so", nameof(options));
        var rank = engine.Processes.Rank;
        var writers = Writers(plan, engine, owners);
        if (writers is [0])
            return rank == 0 ? new WholeSaver(options.Directory) : new IdleSaver();
        var own = writers.IndexOf(rank);
        var folder = PartFolder.Agree(engine.Processes, mail, options.Directory, own >= 0);
        if (rank == 0)
            return new FirstPartSaver(folder, options.Directory!, writers, mail);
        return own < 0 ? new IdleSaver() : new PartSaver(folder, new CheckpointPart(own + 1, writers.Length), mail);
    }

    /// <summary>The processes that have a part to write.</summary>
    private static ImmutableArray<int> Writers(ExecutionPlan plan, IEngine engine, PieceOwners owners) =>
        [.. plan.Ranks.Where(owners.Writes).Select(rank => engine.ProcessOf(rank.Rank)).Distinct().Order()];
}
