using System.Diagnostics;

namespace ParDsl.Runtime.Training.Saving;

/// <summary>
/// Ends a run in time: early enough for the update under way and for one more checkpoint, by how long the longest update and
/// the last write took.
/// </summary>
/// <remarks>Before the first write, the room is a tenth of the time, at most a minute.</remarks>
internal sealed class TimeLimit : IDisposable
{
    private const double WriteMargin = 2;
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MostAtFirst = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource source;
    private readonly TimeSpan left;
    private readonly Func<TimeSpan> longestUpdate;
    private readonly Timer timer;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private TimeSpan? lastWrite;

    /// <param name="left">The time from now on.</param>
    /// <param name="longestUpdate">So far.</param>
    /// <param name="cancellation">Ends the run, too.</param>
    public TimeLimit(TimeSpan left, Func<TimeSpan> longestUpdate, CancellationToken cancellation)
    {
        (this.left, this.longestUpdate) = (left, longestUpdate);
        source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timer = new Timer(_ => Look(), null, TimeSpan.Zero, Period);
    }

    public CancellationToken Token => source.Token;

    /// <summary>Whether it was the time that ended the run.</summary>
    public bool IsOver { get; private set; }

    public void Wrote(TimeSpan duration)
    {
        lock (gate)
            lastWrite = duration;
    }

    public void Dispose()
    {
        using (var ended = new ManualResetEvent(false))
        {
            if (timer.Dispose(ended))
                ended.WaitOne();
        }

        source.Dispose();
    }

    private void Look()
    {
        lock (gate)
        {
            if (IsOver || Stopwatch.GetElapsedTime(start) + Room() < left)
                return;
            IsOver = !source.IsCancellationRequested;
        }

        source.Cancel();
    }

    private TimeSpan Room()
    {
        var write = lastWrite is { } known ? known * WriteMargin : left / 10 < MostAtFirst ? left / 10 : MostAtFirst;
        return write + longestUpdate();
    }
}
