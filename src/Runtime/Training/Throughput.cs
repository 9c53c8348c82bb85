using System.Diagnostics;

namespace ParDsl.Runtime.Training;

/// <summary>Samples per second while training: smoothed over about a second, and over all of it.</summary>
internal sealed class Throughput
{
    private const double SmoothingSeconds = 1;

    private long last = Stopwatch.GetTimestamp();
    private double smoothed;
    private double seconds;
    private long samples;

    public double Smoothed => smoothed;

    public double Mean => seconds > 0 ? samples / seconds : 0;

    /// <summary>Training goes on now: what came before, an evaluation, does not count.</summary>
    public void Resume() => last = Stopwatch.GetTimestamp();

    public void Add(int count)
    {
        var now = Stopwatch.GetTimestamp();
        var elapsed = Math.Max(Stopwatch.GetElapsedTime(last, now).TotalSeconds, 1e-9);
        last = now;
        samples += count;
        seconds += elapsed;
        var weight = smoothed == 0 ? 1 : 1 - Math.Exp(-elapsed / SmoothingSeconds);
        smoothed += weight * (count / elapsed - smoothed);
    }
}
