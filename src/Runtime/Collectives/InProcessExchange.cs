using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>What the ranks of one in-process group share: a place for each rank's tensor, a barrier, and mailboxes.</summary>
internal sealed class InProcessExchange
{
    private readonly Tensor?[] published;
    private readonly RankBarrier barrier;
    private readonly Mailbox[,] mailboxes;
    private int readers;

    /// <param name="worldSize">The ranks of all groups, which share this machine's cores.</param>
    public InProcessExchange(int size, int worldSize, FailureSignal failures)
    {
        Size = size;
        published = new Tensor?[size];
        barrier = new RankBarrier(size, worldSize, failures);
        mailboxes = new Mailbox[size, size];
        for (var source = 0; source < size; source++)
        {
            for (var destination = 0; destination < size; destination++)
                mailboxes[source, destination] = new Mailbox(worldSize, failures);
        }
    }

    public int Size { get; }

    /// <summary>
    /// Shows this rank's tensor to the others; returns when all have shown theirs. <see cref="Leave"/> must follow.
    /// </summary>
    public ReadOnlySpan<Tensor?> Publish(int rank, Tensor tensor)
    {
        Interlocked.Increment(ref readers);
        published[rank] = tensor;
        barrier.Wait();
        return published;
    }

    /// <summary>This rank looks at the others' tensors no more.</summary>
    public void Leave() => Interlocked.Decrement(ref readers);

    /// <summary>
    /// Returns when no rank looks at another's tensor: only then may one that failed let its own go. It is not long, since
    /// whoever waits there wakes up when a rank has failed, and the rest only copy.
    /// </summary>
    public void AwaitReaders()
    {
        var spinner = default(SpinWait);
        while (Volatile.Read(ref readers) > 0)
            spinner.SpinOnce();
    }

    public void Wait() => barrier.Wait();

    public Mailbox Between(int source, int destination) => mailboxes[source, destination];
}
