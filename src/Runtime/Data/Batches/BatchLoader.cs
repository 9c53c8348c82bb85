using System.Collections.Concurrent;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Data;

/// <summary>
/// Loads one rank's batches ahead of it, on a thread of its own, in the order in which the rank uses them: for every step, its
/// micro-batches. Disposing it stops the thread and frees every batch that was not taken.
/// </summary>
public sealed class BatchLoader : IDisposable
{
    private readonly LoadRequest request;
    private readonly BatchAssembler assembler;
    private readonly BlockingCollection<Batch> ready = new(BatchPlan.LoadedAhead);
    private readonly CancellationTokenSource stop = new();
    private readonly Thread thread;
    private volatile Exception? failure;
    private long loadingStep;

    public BatchLoader(LoadRequest request)
    {
        this.request = request;
        assembler = new BatchAssembler(request);
        thread = new Thread(LoadAll) { IsBackground = true, Name = $"data {request.DataCoordinate}" };
        thread.Start();
    }

    /// <summary>The next batch; it waits only where loading is behind.</summary>
    /// <exception cref="RunFailedException">Loading failed.</exception>
    /// <exception cref="InvalidOperationException">The last step of the request has been taken.</exception>
    public Batch Next(CancellationToken cancellation)
    {
        if (ready.TryTake(out var batch, Timeout.Infinite, cancellation))
            return batch;
        throw failure is { } cause
            ? new RunFailedException(DataErrors.BatchNotLoaded(loadingStep + 1), cause)
            : new InvalidOperationException($"the loader ended before step {request.EndStep}, as it was asked");
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
