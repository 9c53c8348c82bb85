using System.Collections.Immutable;

namespace ParDsl.Compiler.Printing.Pages.Runs;

/// <summary>What a run of a plan showed, for its page.</summary>
/// <param name="Ending">How it ended, as a sentence: <c>Ended after 460 updates.</c></param>
/// <param name="Updates">The updates that were timed.</param>
/// <param name="StepSeconds">The median time of an update; null where none was timed.</param>
/// <param name="SamplesPerSecond">The samples of a whole batch in that time.</param>
public sealed record MeasuredRun(string Ending, long Updates, double? StepSeconds, double? SamplesPerSecond)
{
    /// <summary>What this process's ranks did in one update, in seconds since it began; empty where nothing was noted.</summary>
    public ImmutableArray<MeasuredRank> Ranks { get; init; } = [];

    /// <summary>The update that <see cref="Ranks"/> are about, counted from 1.</summary>
    public long TimedUpdate { get; init; }

    /// <summary>The most that all ranks had allocated at one time in some updates; null where that is not known.</summary>
    public long? AllocatedBytes { get; init; }

    public ImmutableArray<Curve> Curves { get; init; } = [];
}
