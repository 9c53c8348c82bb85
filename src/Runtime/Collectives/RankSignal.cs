using System.Diagnostics;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// A count that ranks wait for to change. A waiting rank spins for a little where every rank of the world has a core of its
/// own, since it mostly waits for microseconds, then lets others run between two looks; then it sleeps. A failure of any rank
/// wakes it.
/// </summary>
/// <param name="worldSize">The ranks that share this machine's cores.</param>
internal sealed class RankSignal(int worldSize, FailureSignal failures)
{
    // Longer than a wake-up takes (about 50 us), shorter than anyone would notice in lost processor time.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    // How long it only lets others run, where each rank has a core: a small network's pass ends within that.
    private static readonly long YieldTicks = Stopwatch.Frequency / 1_000;

    // The same where ranks share cores. To let the others run hands a core on in a microsecond, to sleep and be woken in fifty:
    // four ranks on two cores then take less of them in all, not more.
    private static readonly long SharedYieldTicks = Stopwatch.Frequency / 5_000;

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
        if ((maySpin && Spin(seen)) || LetOthersRun(seen))
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

    private bool LetOthersRun(int seen)
    {
        var end = Stopwatch.GetTimestamp() + (maySpin ? YieldTicks : SharedYieldTicks);
        while (Stopwatch.GetTimestamp() < end)
        {
            Thread.Yield();
            if (Count != seen)
                return true;
        }

        return false;
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
