namespace ParDsl.Runtime.Data;

/// <summary>
/// Gives one rank its batches in the order in which it uses them: for every step, its micro-batches. Disposing it frees every
/// batch that was not taken.
/// </summary>
public interface IBatchLoader : IDisposable
{
    /// <summary>The next batch, the caller's to dispose.</summary>
    /// <exception cref="RunFailedException">Loading failed.</exception>
    /// <exception cref="InvalidOperationException">The last step of the request has been taken.</exception>
    Batch Next(CancellationToken cancellation);

    /// <summary>Loads ahead of the rank where the request says so, and else when it asks.</summary>
    static IBatchLoader Open(LoadRequest request) =>
        request.Ahead > 0 ? new BackgroundBatchLoader(request) : new InlineBatchLoader(request);
}
