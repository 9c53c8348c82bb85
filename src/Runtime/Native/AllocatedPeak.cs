namespace ParDsl.Runtime.Native;

/// <summary>The most that is allocated at one time, looked at each millisecond from now on until it is asked for.</summary>
internal sealed class AllocatedPeak
{
    /// <summary>Counting takes the heaps' locks for some microseconds.</summary>
    private const int IntervalMilliseconds = 1;

    private readonly Thread watch;
    private long peak = AllocatedMemory.Now();
    private volatile bool hasEnded;

    public AllocatedPeak()
    {
        // A run that is given up does not wait for it.
        watch = new Thread(Look) { IsBackground = true, Name = "allocated memory" };
        watch.Start();
    }

    /// <summary>Looks no longer, and tells what was seen, in bytes; the same if it is asked again.</summary>
    public long End()
    {
        hasEnded = true;
        watch.Join();
        return peak;
    }

    private void Look()
    {
        while (!hasEnded)
        {
            peak = Math.Max(peak, AllocatedMemory.Now());
            Thread.Sleep(IntervalMilliseconds);
        }
    }
}
