using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>CUDA's runtime: what is called of it, and its errors as exceptions.</summary>
internal sealed unsafe class CudaRuntime(CudaFunctions functions)
{
    /// <summary>cudaErrorNotReady.</summary>
    private const int NotReady = 600;

    /// <summary>cudaMemcpyDefault: the addresses say what lies where.</summary>
    private const int AnyDirection = 4;

    public CudaFunctions Functions { get; } = functions;

    /// <summary>What the calling thread's further calls are about; nothing on a CPU, where only tests are.</summary>
    public void Choose(Device device)
    {
        if (device.type == DeviceType.CUDA)
            Require(Functions.SetDevice(device.index), "cudaSetDevice");
    }

    public bool IsDone(IntPtr moment)
    {
        var outcome = Functions.EventQuery(moment);
        if (outcome == NotReady)
            return false;
        Require(outcome, "cudaEventQuery");
        return true;
    }

    public void Copy(IntPtr to, IntPtr from, int bytes, IntPtr stream) =>
        Require(Functions.CopyAsync(to, from, (nuint)bytes, AnyDirection, stream), "cudaMemcpyAsync");

    public void Require(int outcome, string function)
    {
        if (outcome == 0)
            return;
        var words = Marshal.PtrToStringUTF8((IntPtr)Functions.GetErrorString(outcome));
        throw new NcclException($"{function} failed: {words} ({outcome})");
    }
}
