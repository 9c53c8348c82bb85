using System.Diagnostics;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// The times of updates of a whole batch, for their median: from one update's end to the next one's, without what stands
/// between two epochs or for a checkpoint. A long run keeps some of them, evenly.
/// </summary>
internal sealed class StepClock
{
    private const int MostTimes = 1 << 16;

    private readonly List<double> seconds = [];
    private long? last;
    private long stride = 1;
    private long seen;

    /// <summary>How many updates were timed.</summary>
    public long Count => seen;

    /// <summary>Null where none were.</summary>
    public double? Median
    {
        get
        {
            if (seconds.Count == 0)
                return null;
            var ordered = seconds.Order().ToArray();
            return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
        }
    }

    /// <summary>An update begins now.</summary>
    public void Restart() => last = Stopwatch.GetTimestamp();

    /// <summary>What follows is no update.</summary>
    public void Stop() => last = null;

    /// <param name="isWhole">Whether the update that ends now had all samples of a batch.</param>
    public void StepDone(bool isWhole)
    {
        var now = Stopwatch.GetTimestamp();
        if (last is { } before && isWhole && seen++ % stride == 0)
            Keep(Stopwatch.GetElapsedTime(before, now).TotalSeconds);
        last = now;
    }

    private void Keep(double time)
    {
        seconds.Add(time);
        if (seconds.Count < MostTimes)
            return;
        for (var place = 0; place < seconds.Count / 2; place++)
            seconds[place] = seconds[place * 2];
        seconds.RemoveRange(seconds.Count / 2, seconds.Count - (seconds.Count / 2));
        stride *= 2;
    }
}
