namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>A stream of a device, for communication beside libtorch's work.</summary>
internal sealed unsafe class CudaStream : IDisposable
{
    /// <summary>
    /// The stream on which libtorch computes: the device's default one. TorchSharp has no door to another, and nothing here
    /// opens one.
    /// </summary>
    public static readonly IntPtr OfLibtorch = IntPtr.Zero;

    /// <summary>cudaStreamNonBlocking: the default stream does not wait for it by itself.</summary>
    private const uint BesideDefault = 1;

    private readonly CudaRuntime cuda;

    /// <summary>On the device that the calling thread has chosen.</summary>
    public CudaStream(CudaRuntime cuda)
    {
        this.cuda = cuda;
        IntPtr made;
        cuda.Require(cuda.Functions.StreamCreate(&made, BesideDefault), "cudaStreamCreateWithFlags");
        Handle = made;
    }

    public IntPtr Handle { get; private set; }

    /// <summary>What comes on a stream from now on waits for a moment of another one. The host does not.</summary>
    public static void Wait(CudaRuntime cuda, IntPtr stream, CudaMoment moment) =>
        cuda.Require(cuda.Functions.StreamWaitEvent(stream, moment.Handle, 0), "cudaStreamWaitEvent");

    public void Dispose()
    {
        if (Handle != IntPtr.Zero)
            _ = cuda.Functions.StreamDestroy(Handle);
        Handle = IntPtr.Zero;
    }
}
