using System.Globalization;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Optimization;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>After which updates of a run its state is written, as the spec asks: known in advance, or by the clock.</summary>
internal sealed class CheckpointSchedule
{
    private readonly RunLength length;
    private readonly bool keepsBest;

    /// <summary>The updates from one checkpoint to the next; 0 where none are counted.</summary>
    private readonly long every;

    public CheckpointSchedule(CheckpointRequest request, RunLength length)
    {
        this.length = length;
        keepsBest = request.Best.Length > 0;
        Interval = ClockTime(request.Every);
        if (request.Every.Length > 0 && Interval is null)
            every = new EpochLength(length.StepsPerEpoch).Steps(request.Every);
    }

    /// <summary>The time from one checkpoint to the next; null where updates are counted, or nothing is.</summary>
    public TimeSpan? Interval { get; }

    /// <summary>The first update after this one that the ranks come together after: at most the run's last.</summary>
    public long NextPause(long step, long lastStep)
    {
        var next = lastStep;
        if (every > 0)
            next = Math.Min(next, NextMultiple(step, every));
        // Whether an epoch was the best one so far is known after its evaluation.
        if (keepsBest)
            next = Math.Min(next, NextMultiple(step, length.StepsPerEpoch));
        return next;
    }

    /// <summary>Whether the updates so far ask for a checkpoint, whatever the clock says.</summary>
    public bool IsDue(long step) => every > 0 && step % every == 0;

    private static long NextMultiple(long step, long unit) => ((step / unit) + 1) * unit;

    private static TimeSpan? ClockTime(string every)
    {
        var words = every.Split(' ');
        if (words.Length < 2 || words[1] is not ("s" or "min" or "h"))
            return null;
        var count = double.Parse(words[0], CultureInfo.InvariantCulture);
        var seconds = words[1] switch { "s" => count, "min" => count * 60, _ => count * 3600 };
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
    }
}
