namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>A moment in a stream's work (a cudaEvent), that other streams and the host can wait for.</summary>
internal sealed unsafe class CudaMoment : IDisposable
{
    /// <summary>cudaEventDisableTiming: nobody asks how long it took, and so it costs less.</summary>
    private const uint WithoutTiming = 2;

    private readonly CudaRuntime cuda;

    /// <summary>On the device that the calling thread has chosen.</summary>
    public CudaMoment(CudaRuntime cuda)
    {
        this.cuda = cuda;
        IntPtr made;
        cuda.Require(cuda.Functions.EventCreate(&made, WithoutTiming), "cudaEventCreateWithFlags");
        Handle = made;
    }

    public IntPtr Handle { get; private set; }

    /// <summary>Whether the stream has passed the moment that was recorded last.</summary>
    public bool IsDone => cuda.IsDone(Handle);

    /// <summary>From now on it is the end of what is on the stream now.</summary>
    public void Record(IntPtr stream) => cuda.Require(cuda.Functions.EventRecord(Handle, stream), "cudaEventRecord");

    public void Dispose()
    {
        if (Handle != IntPtr.Zero)
            _ = cuda.Functions.EventDestroy(Handle);
        Handle = IntPtr.Zero;
    }
}
