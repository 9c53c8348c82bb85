using System.Collections.Concurrent;

namespace ParDsl.Runtime.Data;

/// <summary>Loads batches ahead of the rank, on a thread of its own. Disposing it stops the thread.</summary>
internal sealed class BackgroundBatchLoader : IBatchLoader
{
    private readonly LoadRequest request;
    private readonly BatchAssembler assembler;
    private readonly BlockingCollection<Batch> ready;
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;
    private volatile Exception? failure;
    private long loadingStep;

    public BackgroundBatchLoader(LoadRequest request)
    {
        this.request = request;
        ready = new BlockingCollection<Batch>(request.Ahead);
        assembler = new BatchAssembler(request);
        thread = new Thread(LoadAll) { IsBackground = true, Name = $"data {request.DataCoordinate}" };
        thread.Start();
    }

    /// <summary>It waits only where loading is behind.</summary>
    public Batch Next(CancellationToken cancellation)
    {
        if (ready.TryTake(out var batch, Timeout.Infinite, cancellation))
            return batch;
        throw failure is { } cause
            ? new RunFailedException(DataErrors.BatchNotLoaded(loadingStep + 1), cause)
            : request.NothingLeft();
    }

    public void Dispose()
    {
        stop.Cancel();
        thread.Join();
        while (ready.TryTake(out var batch))
            batch.Dispose();
        assembler.Dispose();
        ready.Dispose();
        stop.Dispose();
    }

    // Whatever goes wrong here belongs to the rank that waits for the batch: an exception on this thread would end the process.
    private void LoadAll()
    {
        try
        {
            foreach (var place in assembler.Places())
            {
                loadingStep = place.Step;
                HandOver(assembler.Assemble(place));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Disposed before its end.
        }
        catch (Exception cause)
        {
            failure = cause;
        }
        finally
        {
            ready.CompleteAdding();
        }
    }

    private void HandOver(Batch batch)
    {
        try
        {
            ready.Add(batch, stop.Token);
        }
        catch (OperationCanceledException)
        {
            batch.Dispose();
            throw;
        }
    }
}
