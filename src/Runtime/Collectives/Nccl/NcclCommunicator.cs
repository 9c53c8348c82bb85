namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>One rank's part of a communicator. Any thread may call it, and any may abort it while another calls.</summary>
internal sealed unsafe class NcclCommunicator(NcclLibrary library, IntPtr handle)
{
    /// <summary>
    /// NCCL frees a communicator that it aborts, so nobody may be inside a call then. But a call can itself be stuck, where a
    /// device's queue of work is full, and only the abort frees it: it does not wait longer than this.
    /// </summary>
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(2);

    private readonly object gate = new();
    private volatile bool isGone;

    /// <summary>Puts an operation on a stream; false where the communicator was aborted.</summary>
    /// <param name="operation">Gets the communicator's handle.</param>
    /// <exception cref="NcclException">NCCL refuses it.</exception>
    public bool TryCall(string action, Func<IntPtr, NcclResult> operation)
    {
        lock (gate)
        {
            if (isGone)
                return false;
            library.Require(operation(handle), handle, action);
            return true;
        }
    }

    /// <summary>What has gone wrong behind the calls' backs, in words; null where nothing has.</summary>
    public string? Trouble()
    {
        if (!Monitor.TryEnter(gate))
            return null;
        try
        {
            if (isGone)
                return null;
            NcclResult error;
            var result = library.Functions.GetAsyncError(handle, &error);
            if (result != NcclResult.Success)
                error = result;
            return error is NcclResult.Success or NcclResult.InProgress ? null : library.Words(error, handle);
        }
        finally
        {
            Monitor.Exit(gate);
        }
    }

    /// <summary>Ends what is under way on this rank, unfinished. The others see it, or wait until they abort too.</summary>
    public void Abort() => Leave(library.Functions.Abort);

    /// <summary>All that was called must have ended.</summary>
    public void Destroy() => Leave(library.Functions.Destroy);

    private void Leave(delegate* unmanaged<IntPtr, NcclResult> way)
    {
        var isAlone = Monitor.TryEnter(gate, AbortPatience);
        try
        {
            if (isGone)
                return;
            isGone = true;
            _ = way(handle);
        }
        finally
        {
            if (isAlone)
                Monitor.Exit(gate);
        }
    }
}
