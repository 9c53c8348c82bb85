using System.Diagnostics;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>Says once that something has ended, also to nobody: whoever waited may have gone.</summary>
internal sealed class Ended
{
    private readonly object gate = new();
    private bool isSet;

    public void Set()
    {
        lock (gate)
        {
            isSet = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>False where it has not ended within the limit.</summary>
    /// <param name="check">Called now and then; what it throws ends the wait.</param>
    public bool Wait(TimeSpan limit, Action check, int pollMilliseconds)
    {
        var start = Stopwatch.GetTimestamp();
        lock (gate)
        {
            while (!isSet)
            {
                check();
                if (Stopwatch.GetElapsedTime(start) > limit)
                    return false;
                Monitor.Wait(gate, pollMilliseconds);
            }
        }

        return true;
    }
}
