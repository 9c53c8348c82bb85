using System.Collections.Concurrent;
using ParDsl.Runtime.Native;

namespace ParDsl.Runtime.Ranks;

/// <summary>
/// The thread of one rank, which does one piece of work after the other. Dispose scopes, gradient modes and thread counts
/// belong to threads, so all of a rank's tensors are made, used and freed on this one.
/// </summary>
internal sealed class RankWorker : IDisposable
{
    private readonly BlockingCollection<Action> work = [];
    private readonly Thread thread;

    /// <param name="threadCount">The threads that libtorch may use for one operation.</param>
    public RankWorker(int rank, int threadCount)
    {
        thread = new Thread(() => Run(threadCount)) { IsBackground = true, Name = $"rank {rank}" };
        thread.Start();
    }

    /// <summary>Work must not throw: its exceptions are its own to catch.</summary>
    public void Post(Action piece) => work.Add(piece);

    public void Dispose()
    {
        work.CompleteAdding();
        thread.Join();
        work.Dispose();
    }

    private void Run(int threadCount)
    {
        ThreadLimit.Set(threadCount);
        SubnormalNumbers.Flush();
        foreach (var piece in work.GetConsumingEnumerable())
            piece();
    }
}
