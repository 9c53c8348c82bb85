using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The messages that a rank has handed over and MPI may still read. A thread of their own, which starts with the first one,
/// pushes them on while the rank computes, since MPI moves a large message only inside its calls.
/// </summary>
internal sealed unsafe class MpiSends(MpiCommunicator communicator, string name) : IDisposable
{
    // Looks that only let others run, before it sleeps between two: most messages are gone by then.
    private const int EagerLooks = 20;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly object gate = new();
    private readonly List<PendingSend> pending = [];
    private Thread? thread;
    private Exception? failure;
    private bool isClosed;

    /// <param name="copy">Nobody else's: it is freed when all of it is sent.</param>
    /// <param name="start">Starts each piece and returns its request.</param>
    public void Add(Tensor copy, Func<IReadOnlyList<nint>> start)
    {
        lock (gate)
        {
            ThrowIfFailed();
            pending.Add(new PendingSend(copy, start()));
            Reap();
            if (pending.Count == 0)
                return;
            if (thread is null)
            {
                thread = new Thread(Push) { IsBackground = true, Name = name };
                thread.Start();
            }

            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until all are sent, though not for ever: a rank that failed never takes its messages.</summary>
    /// <returns>Whether they are. What is not is left to MPI, its memory too.</returns>
    public bool Finish()
    {
        lock (gate)
        {
            var end = Environment.TickCount64 + (long)EndPatience.TotalMilliseconds;
            while (pending.Count > 0 && failure is null && Environment.TickCount64 < end)
                Monitor.Wait(gate, TimeSpan.FromMilliseconds(10));
            return pending.Count == 0;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosed = true;
            Monitor.PulseAll(gate);
        }

        thread?.Join();
    }

    private void Push()
    {
        while (AwaitPending())
        {
            for (var looks = 0; !IsIdle(); looks++)
            {
                if (looks < EagerLooks)
                    Thread.Yield();
                else
                    MpiWait.Nap(0);
            }
        }
    }

    /// <summary>False when there will be none any more.</summary>
    private bool AwaitPending()
    {
        lock (gate)
        {
            while (!isClosed && (pending.Count == 0 || failure is not null))
                Monitor.Wait(gate);
            return !isClosed;
        }
    }

    /// <summary>Pushes all on, and sees whether there is nothing left to push.</summary>
    private bool IsIdle()
    {
        lock (gate)
        {
            TryReap();
            return isClosed || pending.Count == 0 || failure is not null;
        }
    }

    private void TryReap()
    {
        try
        {
            Reap();
        }
        catch (RunFailedException failed)
        {
            // It belongs to the rank, which is told at its next message: here it would end the process.
            failure = failed;
        }
    }

    private void Reap()
    {
        for (var index = pending.Count - 1; index >= 0; index--)
        {
            if (!IsSent(pending[index]))
                continue;
            pending[index].Copy.Dispose();
            pending.RemoveAt(index);
        }
    }

    private bool IsSent(PendingSend send)
    {
        var status = stackalloc byte[MpiAbi.StatusBytes];
        while (send.Requests.TryPeek(out var request))
        {
            if (!communicator.Wait.IsDone(ref request, status, "MPI_Isend"))
                return false;
            send.Requests.Dequeue();
        }

        return true;
    }

    private void ThrowIfFailed()
    {
        if (failure is RunFailedException known)
            throw new RunFailedException(known.Diagnostic, known);
    }
}
