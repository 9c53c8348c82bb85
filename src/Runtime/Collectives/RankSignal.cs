using System.Diagnostics;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A count that ranks wait for to change. A waiting rank spins for a little where every rank of the world has a core of its
/// own, since it mostly waits for microseconds; then it sleeps. A failure of any rank wakes it.
/// </summary>
/// <param name="worldSize">The ranks that share this machine's cores.</param>
internal sealed class RankSignal(int worldSize, FailureSignal failures)
{
    // Longer than a wake-up takes (about 50 us), shorter than anyone would notice in lost processor time.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    // How often a sleeping rank looks whether another one failed.
    private const int PollMilliseconds = 20;

    private readonly object gate = new();
    private readonly bool maySpin = worldSize <= Environment.ProcessorCount;
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Advance()
    {
        lock (gate)
        {
            Volatile.Write(ref count, count + 1);
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Returns when the count is another than the one seen.</summary>
    /// <exception cref="RankAbortedException">A rank has failed.</exception>
    public void AwaitChange(int seen)
    {
        if (maySpin && Spin(seen))
            return;
        lock (gate)
        {
            while (count == seen)
            {
                failures.ThrowIfRaised();
                Monitor.Wait(gate, PollMilliseconds);
            }
        }
    }

    private bool Spin(int seen)
    {
        var end = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            if (Count != seen)
                return true;
            Thread.SpinWait(8);
        }
        while (Stopwatch.GetTimestamp() < end);
        return false;
    }
}
