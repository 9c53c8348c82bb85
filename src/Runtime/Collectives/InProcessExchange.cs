using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>What the ranks of one in-process group share: a place for each rank's tensor, a barrier, and mailboxes.</summary>
internal sealed class InProcessExchange
{
    private readonly Tensor?[] published;
    private readonly RankBarrier barrier;
    private readonly Mailbox[,] mailboxes;

    public InProcessExchange(int size, FailureSignal failures)
    {
        Size = size;
        published = new Tensor?[size];
        barrier = new RankBarrier(size, failures);
        mailboxes = new Mailbox[size, size];
        for (var source = 0; source < size; source++)
        {
            for (var destination = 0; destination < size; destination++)
                mailboxes[source, destination] = new Mailbox(failures);
        }
    }

    public int Size { get; }

    /// <summary>Shows this rank's tensor to the others; returns when all have shown theirs.</summary>
    public ReadOnlySpan<Tensor?> Publish(int rank, Tensor tensor)
    {
        published[rank] = tensor;
        barrier.Wait();
        return published;
    }

    public void Wait() => barrier.Wait();

    public Mailbox Between(int source, int destination) => mailboxes[source, destination];
}
