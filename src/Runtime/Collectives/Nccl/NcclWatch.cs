using System.Diagnostics;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// Looks after one rank's communicators of a group, on a thread of its own: when NCCL reports an error, or another rank has
/// failed, it aborts them all. Nothing else would free a rank whose device waits for one that never comes.
/// </summary>
/// <param name="name">The group's rank and size, in words.</param>
/// <param name="failures">Null where no other rank can tell that it failed.</param>
internal sealed class NcclWatch : IDisposable
{
    private const int PollMilliseconds = 20;

    /// <summary>How long an aborted operation may take to end.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // A host that waits mostly does so for microseconds.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    private readonly string name;
    private readonly FailureSignal? failures;
    private readonly List<NcclCommunicator> communicators = [];
    private readonly ManualResetEventSlim stops = new();
    private readonly Thread thread;
    private volatile string? trouble;
    private volatile bool isAborted;

    public NcclWatch(string name, FailureSignal? failures)
    {
        (this.name, this.failures) = (name, failures);
        thread = new Thread(Run) { IsBackground = true, Name = $"NCCL watch of {name}" };
        thread.Start();
    }

    public bool IsBroken => isAborted || failures?.First is not null;

    public void Add(NcclCommunicator communicator)
    {
        lock (communicators)
            communicators.Add(communicator);
    }

    /// <exception cref="RankAbortedException">Another rank has failed.</exception>
    /// <exception cref="NcclException">NCCL has reported an error to this rank.</exception>
    public void ThrowIfBroken()
    {
        // An error of NCCL's is often what is left of another rank: that it failed is the better reason.
        failures?.ThrowIfRaised();
        if (trouble is { } words)
            throw new NcclException(words);
    }

    /// <summary>Lets the host wait until a device has come to this moment.</summary>
    public void Await(CudaMoment moment)
    {
        var start = Stopwatch.GetTimestamp();
        while (!moment.IsDone)
        {
            if (IsBroken)
            {
                // What the operation works on may be freed only when it has ended.
                AwaitEnd(moment, EndLimit);
                ThrowIfBroken();
            }

            if (Stopwatch.GetTimestamp() - start < SpinTicks)
                Thread.SpinWait(20);
            else
                Thread.Sleep(1);
        }

        ThrowIfBroken();
    }

    /// <summary>False where it has not come to it by then.</summary>
    public static bool AwaitEnd(CudaMoment moment, TimeSpan limit)
    {
        var start = Stopwatch.GetTimestamp();
        while (!moment.IsDone)
        {
            if (Stopwatch.GetElapsedTime(start) > limit)
                return false;
            Thread.Sleep(1);
        }

        return true;
    }

    public void Dispose()
    {
        stops.Set();
        thread.Join();
        stops.Dispose();
    }

    private void Run()
    {
        while (!stops.Wait(PollMilliseconds))
        {
            if (failures?.First is null && !IsTroubled())
                continue;
            AbortAll();
            return;
        }
    }

    private bool IsTroubled()
    {
        foreach (var communicator in Snapshot())
        {
            if (communicator.Trouble() is not { } words)
                continue;
            trouble = $"NCCL reports an error on {name}: {words}";
            return true;
        }

        return false;
    }

    private void AbortAll()
    {
        isAborted = true;
        foreach (var communicator in Snapshot())
            communicator.Abort();
    }

    private NcclCommunicator[] Snapshot()
    {
        lock (communicators)
            return [.. communicators];
    }
}
