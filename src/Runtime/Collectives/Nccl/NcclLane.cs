using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// A communicator with a stream of its own, so that what waits for another rank there holds nothing else up. Each operation
/// begins when libtorch's stream has come to where it stands at the call.
/// </summary>
internal sealed class NcclLane : IDisposable
{
    /// <summary>What has not ended so long after the rank's last work never will.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    private readonly CudaRuntime cuda;
    private readonly NcclCommunicator communicator;
    private readonly NcclWatch watch;
    private readonly CudaStream stream;
    private readonly CudaMoment ready;
    private readonly CudaMoment done;

    /// <summary>The calling thread has chosen the device.</summary>
    public NcclLane(CudaRuntime cuda, NcclCommunicator communicator, NcclWatch watch, Device device)
    {
        (this.cuda, this.communicator, this.watch, Device) = (cuda, communicator, watch, device);
        stream = new CudaStream(cuda);
        ready = new CudaMoment(cuda);
        done = new CudaMoment(cuda);
    }

    public Device Device { get; }

    /// <summary>Puts an operation on the stream; the host does not wait.</summary>
    /// <param name="action">For messages: "an all-reduce".</param>
    /// <param name="operation">Gets the communicator and the stream.</param>
    public void Enqueue(string action, Func<IntPtr, IntPtr, NcclResult> operation)
    {
        watch.ThrowIfBroken();
        cuda.Choose(Device);
        ready.Record(CudaStream.OfLibtorch);
        CudaStream.Wait(cuda, stream.Handle, ready);
        if (!TryCall(action, operation))
        {
            watch.ThrowIfBroken();
            throw new ObjectDisposedException(nameof(NcclLane));
        }

        done.Record(stream.Handle);
    }

    /// <summary>NCCL may refuse a call for what another rank has told meanwhile: that is the reason then.</summary>
    private bool TryCall(string action, Func<IntPtr, IntPtr, NcclResult> operation)
    {
        try
        {
            return communicator.TryCall(action, handle => operation(handle, stream.Handle));
        }
        catch (NcclException)
        {
            watch.ThrowIfBroken();
            throw;
        }
    }

    /// <summary>Lets libtorch's further work wait for what was enqueued; the host does not.</summary>
    public void HoldLibtorch() => HoldLibtorch(done);

    /// <summary>Lets the host wait for what was enqueued.</summary>
    public void Await() => watch.Await(done);

    /// <summary>The end of what was enqueued; the caller's to dispose.</summary>
    public CudaMoment Mark()
    {
        var moment = new CudaMoment(cuda);
        moment.Record(stream.Handle);
        return moment;
    }

    /// <summary>Lets libtorch's further work wait for a moment of this stream.</summary>
    public void HoldLibtorch(CudaMoment moment)
    {
        cuda.Choose(Device);
        CudaStream.Wait(cuda, CudaStream.OfLibtorch, moment);
        watch.ThrowIfBroken();
    }

    /// <summary>Copies memory of the device, behind what was enqueued, and waits for it.</summary>
    public unsafe void ReadBack(IntPtr address, Span<long> numbers)
    {
        fixed (long* to = numbers)
        {
            cuda.Copy((IntPtr)to, address, numbers.Length * sizeof(long), stream.Handle);
            done.Record(stream.Handle);
            Await();
        }
    }

    /// <summary>Ends the communicator: in peace where nothing is under way and all ranks are well.</summary>
    public void Dispose()
    {
        cuda.Choose(Device);
        if (!watch.IsBroken && NcclWatch.AwaitEnd(done, EndLimit))
            communicator.Destroy();
        else
            communicator.Abort();
        NcclWatch.AwaitEnd(done, EndLimit);
        stream.Dispose();
        ready.Dispose();
        done.Dispose();
    }
}
