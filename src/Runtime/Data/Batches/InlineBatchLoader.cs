namespace ParDsl.Runtime.Data;

/// <summary>
/// Puts a batch together when the rank asks for it, on the rank's own thread: a small one is there sooner than another thread
/// is woken, and that thread would take a core from a rank.
/// </summary>
internal sealed class InlineBatchLoader : IBatchLoader
{
    private readonly LoadRequest request;
    private readonly BatchAssembler assembler;
    private readonly IEnumerator<BatchPlace> places;

    public InlineBatchLoader(LoadRequest request)
    {
        this.request = request;
        assembler = new BatchAssembler(request);
        places = assembler.Places().GetEnumerator();
    }

    public Batch Next(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!places.MoveNext())
            throw request.NothingLeft();
        try
        {
            return assembler.Assemble(places.Current);
        }
        catch (Exception cause)
        {
            throw new RunFailedException(DataErrors.BatchNotLoaded(places.Current.Step + 1), cause);
        }
    }

    public void Dispose()
    {
        places.Dispose();
        assembler.Dispose();
    }
}
