namespace ParDsl.Runtime.Training;

/// <summary>
/// Samples per second while training, smoothed over about a second, and over all of it: the time of updates counts, that of
/// evaluations and of pauses for checkpoints does not.
/// </summary>
internal sealed class Throughput(TimeProvider clock)
{
    private const double SmoothingSeconds = 1;

    private long last = clock.GetTimestamp();
    private double smoothed;
    private double seconds;
    private long samples;
    private long longestTicks;

    public double Smoothed => smoothed;

    public double Mean => seconds > 0 ? samples / seconds : 0;

    /// <summary>The longest update so far; any thread may ask.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref longestTicks));

    /// <summary>Training goes on now: what came since the last update, an evaluation or a pause, does not count.</summary>
    public void Resume() => last = clock.GetTimestamp();

    public void Add(int count)
    {
        var now = clock.GetTimestamp();
        var elapsed = Math.Max(clock.GetElapsedTime(last, now).TotalSeconds, 1e-9);
        last = now;
        Interlocked.Exchange(ref longestTicks, Math.Max(longestTicks, TimeSpan.FromSeconds(elapsed).Ticks));
        samples += count;
        seconds += elapsed;
        var weight = smoothed == 0 ? 1 : 1 - Math.Exp(-elapsed / SmoothingSeconds);
        smoothed += weight * (count / elapsed - smoothed);
    }
}
