using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// Collectives that may go on while the rank does, until it waits for them. A rank's second thread does them one after the
/// other, in the order in which they are started; one that <see cref="GroupDoors.OwnThreadBytes"/> leaves to the rank itself is
/// done where it is waited for. The thread starts with the first one that it gets.
/// </summary>
/// <param name="threadCount">The threads that libtorch may use for one operation.</param>
/// <param name="progress">The rank's.</param>
internal sealed class BackgroundCollectives(int rank, int threadCount, RankProgress progress) : IDisposable
{
    private readonly BlockingCollection<Piece> work = [];
    private readonly Dictionary<string, Piece> started = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action> putOff = new(StringComparer.Ordinal);
    private Thread? thread;

    /// <param name="name">What <see cref="Await"/> waits for.</param>
    /// <param name="bytes">As the plan counts them, so all ranks of the group choose alike.</param>
    public void Start(string name, GroupDoors doors, long bytes, Action<ICollectiveGroup> collective)
    {
        if (bytes <= doors.OwnThreadBytes)
            putOff[name] = () => collective(doors.Foreground);
        else
            HandOver(name, () => collective(doors.Background));
    }

    /// <summary>Returns when it is done, and throws what it threw; at once where it was never started.</summary>
    public void Await(string name)
    {
        if (putOff.Remove(name, out var own))
            own();
        if (!started.Remove(name, out var piece))
            return;
        using (progress.Waiting())
            piece.Done.Wait();
        piece.Done.Dispose();
        piece.Failure?.Throw();
    }

    public void Dispose()
    {
        work.CompleteAdding();
        thread?.Join();
        work.Dispose();
    }

    private void HandOver(string name, Action collective)
    {
        if (thread is null)
        {
            thread = new Thread(Run) { IsBackground = true, Name = $"rank {rank} collectives" };
            thread.Start();
        }

        var piece = new Piece(collective);
        started[name] = piece;
        work.Add(piece);
    }

    private void Run()
    {
        ThreadLimit.Set(threadCount);
        SubnormalNumbers.Flush();
        foreach (var piece in work.GetConsumingEnumerable())
        {
            try
            {
                piece.Collective();
            }
            catch (Exception failure)
            {
                // Whatever it is belongs to the rank that waits: an exception on this thread would end the process.
                piece.Failure = ExceptionDispatchInfo.Capture(failure);
            }

            progress.Done();
            piece.Done.Set();
        }
    }

    private sealed class Piece(Action collective)
    {
        public Action Collective { get; } = collective;

        public ManualResetEventSlim Done { get; } = new();

        public ExceptionDispatchInfo? Failure { get; set; }
    }
}
