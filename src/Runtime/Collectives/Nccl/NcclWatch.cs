using System.Diagnostics;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// Looks after one rank's communicators of a group, on a thread of its own: when NCCL reports an error, or another rank has
/// failed, it aborts them all. Nothing else would free a rank whose device waits for one that never comes.
/// </summary>
/// <remarks>
/// That it aborts is what the others see of an error, so it raises the error before: they then know whose it was, and that
/// they lost this rank is no failure of theirs.
/// </remarks>
internal sealed class NcclWatch : IDisposable
{
    private const int PollMilliseconds = 20;

    /// <summary>How long an aborted operation may take to end.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    // A host that waits mostly does so for microseconds.
    private static readonly long SpinTicks = Stopwatch.Frequency / 10_000;

    private readonly string name;
    private readonly int rank;
    private readonly FailureSignal failures;
    private readonly List<NcclCommunicator> communicators = [];
    private readonly ManualResetEventSlim stops = new();
    private readonly Thread thread;

    /// <param name="name">The group's rank and size, in words.</param>
    /// <param name="rank">Its number in the world.</param>
    public NcclWatch(string name, int rank, FailureSignal failures)
    {
        (this.name, this.rank, this.failures) = (name, rank, failures);
        thread = new Thread(Run) { IsBackground = true, Name = $"NCCL watch of {name}" };
        thread.Start();
    }

    public bool IsBroken => failures.First is not null;

    public void Add(NcclCommunicator communicator)
    {
        lock (communicators)
            communicators.Add(communicator);
    }

    /// <exception cref="RankAbortedException">Another rank has failed.</exception>
    /// <exception cref="NcclException">NCCL has reported an error to this rank.</exception>
    public void ThrowIfBroken()
    {
        if (failures.First is { Cause: NcclException cause } own && own.Rank == rank)
            throw new NcclException(cause.Message);
        failures.ThrowIfRaised();
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
            RaiseTrouble();
            if (!IsBroken)
                continue;
            foreach (var communicator in Snapshot())
                communicator.Abort();
            return;
        }
    }

    private void RaiseTrouble()
    {
        foreach (var communicator in Snapshot())
        {
            if (communicator.Trouble() is { } words)
                failures.Raise(new RankFailure(rank, new NcclException($"NCCL reports an error on {name}: {words}")));
        }
    }

    private NcclCommunicator[] Snapshot()
    {
        lock (communicators)
            return [.. communicators];
    }
}
