using System.Diagnostics;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A barrier for threads that mostly arrive within microseconds of each other: a waiting thread spins for a little where
/// each rank has a core of its own, then sleeps. A failure of any rank wakes all.
/// </summary>
internal sealed class RankBarrier(int size, FailureSignal failures)
{
    // Longer than a wake-up takes (about 50 us), shorter than anyone would notice in lost processor time.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    // How often a sleeping rank looks whether another one failed.
    private const int PollMilliseconds = 20;

    private readonly object gate = new();
    private readonly bool maySpin = size <= Environment.ProcessorCount;
    private int arrived;
    private int generation;

    public void Wait()
    {
        failures.ThrowIfRaised();
        if (size == 1)
            return;
        var current = Volatile.Read(ref generation);
        if (Interlocked.Increment(ref arrived) == size)
            Release();
        else if (!Spin(current))
            Sleep(current);
    }

    private void Release()
    {
        arrived = 0;
        lock (gate)
        {
            Volatile.Write(ref generation, generation + 1);
            Monitor.PulseAll(gate);
        }
    }

    private bool Spin(int current)
    {
        var end = maySpin ? Stopwatch.GetTimestamp() + SpinTicks : 0;
        do
        {
            if (Volatile.Read(ref generation) != current)
                return true;
            Thread.SpinWait(8);
        }
        while (Stopwatch.GetTimestamp() < end);
        return false;
    }

    private void Sleep(int current)
    {
        lock (gate)
        {
            while (generation == current)
            {
                failures.ThrowIfRaised();
                Monitor.Wait(gate, PollMilliseconds);
            }
        }
    }
}
