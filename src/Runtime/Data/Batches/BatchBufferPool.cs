namespace ParDsl.Runtime.Data;

/// <summary>
/// Buffers that go round between the loading thread and the rank that uses the batches: fresh memory for every batch would
/// cost its page faults each time. Safe from any thread.
/// </summary>
internal sealed class BatchBufferPool(Func<BatchBuffer> create) : IDisposable
{
    private readonly Stack<BatchBuffer> free = new();
    private bool isDisposed;

    public BatchBuffer Rent()
    {
        lock (free)
        {
            if (free.TryPop(out var buffer))
                return buffer;
        }

        return create();
    }

    public void Return(BatchBuffer buffer)
    {
        lock (free)
        {
            if (!isDisposed)
            {
                free.Push(buffer);
                return;
            }
        }

        buffer.Dispose();
    }

    /// <summary>Frees what is here; buffers that are still out are freed when they come back.</summary>
    public void Dispose()
    {
        lock (free)
        {
            isDisposed = true;
            while (free.TryPop(out var buffer))
                buffer.Dispose();
        }
    }
}
