using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives;

/// <summary>
/// Collectives between threads of one process, straight on each other's memory. Each rank shows its tensor, waits for all,
/// does its share over all ranks' tensors in the order of ranks (so that sums have the same bits every time), and waits
/// again before anyone may touch them.
/// </summary>
public sealed class InProcessGroup : ICollectiveGroup, IDisposable
{
    private readonly InProcessExchange exchange;

    private InProcessGroup(int rank, InProcessExchange exchange)
    {
        Rank = rank;
        this.exchange = exchange;
    }

    public int Rank { get; }

    public int Size => exchange.Size;

    public long MovedBytes { get; private set; }

    /// <summary>A group of this size: each rank's own door to it.</summary>
    /// <param name="worldSize">The ranks of all groups, which share this machine's cores.</param>
    public static InProcessGroup[] Create(int size, int worldSize, FailureSignal failures)
    {
        var exchange = new InProcessExchange(size, worldSize, failures);
        return [.. Enumerable.Range(0, size).Select(rank => new InProcessGroup(rank, exchange))];
    }

    public void Barrier() => exchange.Wait();

    public void Broadcast(Tensor tensor, int root) => Together(tensor, peers =>
    {
        if (Rank == root)
            return;
        tensor.copy_(peers[root]!);
        CountMoved(tensor, 1);
    });

    public void AllReduce(Tensor tensor)
    {
        if (Size == 1)
            return;
        using var flat = tensor.view(-1);
        var count = flat.numel();
        var (start, end) = (count * Rank / Size, count * (Rank + 1) / Size);
        // Rank r alone reads and writes part r of every rank's tensor, so the sum needs no memory of its own.
        Together(flat, peers => SumPart(peers, start, end - start));
    }

    public void ReduceScatter(Tensor input, Tensor output)
    {
        Require(input.numel() == output.numel() * Size, "a reduce-scatter's input is Size times its output");
        using var flatInput = input.view(-1);
        using var flatOutput = output.view(-1);
        var count = flatOutput.numel();
        Together(flatInput, peers =>
        {
            // Rank r alone writes part r, and nobody else reads it of its input: the output may lie there.
            using var own = flatInput.narrow(0, Rank * count, count);
            Copy(own, flatOutput);
            for (var rank = 0; rank < Size; rank++)
            {
                if (rank == Rank)
                    continue;
                using var part = peers[rank]!.narrow(0, Rank * count, count);
                Add(part, flatOutput);
            }
        });
        CountMoved(output, Size - 1);
    }

    public void AllGather(Tensor input, Tensor output)
    {
        Require(output.numel() == input.numel() * Size, "an all-gather's output is Size times its input");
        using var flatInput = input.view(-1);
        using var flatOutput = output.view(-1);
        var count = flatInput.numel();
        Together(flatInput, peers =>
        {
            for (var rank = 0; rank < Size; rank++)
            {
                using var part = flatOutput.narrow(0, rank * count, count);
                Copy(peers[rank]!, part);
            }
        });
        CountMoved(input, Size - 1);
    }

    public void Send(Tensor tensor, int destination, int tag)
    {
        Require(tensor.is_contiguous(), "a message is contiguous");
        using var guard = no_grad();
        var copy = tensor.clone().DetachFromDisposeScope();
        Fence(copy);
        exchange.Between(Rank, destination).Post(copy, tag);
    }

    public void Receive(Tensor tensor, int source, int tag)
    {
        Require(tensor.is_contiguous(), "a message is contiguous");
        using var guard = no_grad();
        using var sent = exchange.Between(source, Rank).Take(tag);
        Require(sent.numel() == tensor.numel() && sent.dtype == tensor.dtype, "the receiver's tensor is like the sender's");
        // Named, since a view that nobody holds may be freed by the garbage collector while libtorch still reads it.
        using var shaped = sent.view(tensor.shape);
        tensor.copy_(shaped);
        CountMoved(tensor, 1);
        Fence(tensor);
    }

    /// <summary>Frees the messages to this rank that it never took; all ranks have ended by then.</summary>
    public void Dispose()
    {
        for (var source = 0; source < Size; source++)
            exchange.Between(source, Rank).Dispose();
    }

    /// <summary>Adds part after part into rank 0's tensor, in the order of ranks, and copies the sum to the others.</summary>
    private void SumPart(ReadOnlySpan<Tensor?> peers, long start, long count)
    {
        if (count == 0)
            return;
        using var sum = peers[0]!.narrow(0, start, count);
        for (var rank = 1; rank < Size; rank++)
        {
            using var part = peers[rank]!.narrow(0, start, count);
            Add(part, sum);
        }

        for (var rank = 1; rank < Size; rank++)
        {
            using var part = peers[rank]!.narrow(0, start, count);
            part.copy_(sum);
        }

        // This part of each other rank's tensor was read once and written once.
        CountMoved(sum, 2 * (Size - 1));
    }

    /// <summary>Nothing where the two are one already, as in a collective that works in place.</summary>
    private static void Copy(Tensor source, Tensor destination)
    {
        if (TensorMemory.Address(source) != TensorMemory.Address(destination))
            destination.copy_(source);
    }

    private static void Add(Tensor source, Tensor destination)
    {
        if (source.device_type == destination.device_type && source.device_index == destination.device_index)
        {
            destination.Increase(source);
            return;
        }

        using var here = source.to(destination.device);
        destination.Increase(here);
    }

    private void CountMoved(Tensor tensor, int times) => MovedBytes += tensor.numel() * tensor.element_size() * times;

    /// <summary>One collective: show the tensor, wait, work on all ranks' tensors, wait.</summary>
    private void Together(Tensor tensor, PeerWork work)
    {
        using var guard = no_grad();
        Fence(tensor);
        try
        {
            Share(tensor, work);
            exchange.Wait();
        }
        catch
        {
            // What is thrown on frees this rank's tensor, which another may still read.
            exchange.AwaitReaders();
            throw;
        }
    }

    private void Share(Tensor tensor, PeerWork work)
    {
        try
        {
            var peers = exchange.Publish(Rank, tensor);
            foreach (var peer in peers)
                Require(peer!.numel() == tensor.numel() && peer.dtype == tensor.dtype, "all ranks' tensors are alike");
            work(peers);
            Fence(tensor);
        }
        finally
        {
            exchange.Leave();
        }
    }

    /// <summary>A GPU works behind the thread's back: its work must be done before another rank looks.</summary>
    private static void Fence(Tensor tensor)
    {
        if (tensor.device_type == DeviceType.CUDA)
            cuda.synchronize(tensor.device);
    }

    private static void Require(bool holds, string law)
    {
        if (!holds)
            throw new InvalidOperationException($"a collective was called wrongly: {law}");
    }

    private delegate void PeerWork(ReadOnlySpan<Tensor?> peers);
}
