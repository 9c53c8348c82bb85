namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>The functions of CUDA's runtime (cuda_runtime_api.h) that order NCCL's work with libtorch's. Zero is success.</summary>
internal sealed unsafe class CudaFunctions(NativeFunctions found)
{
    public readonly delegate* unmanaged<int, int> SetDevice = (delegate* unmanaged<int, int>)found.Get("cudaSetDevice");

    public readonly delegate* unmanaged<IntPtr*, uint, int> StreamCreate =
        (delegate* unmanaged<IntPtr*, uint, int>)found.Get("cudaStreamCreateWithFlags");

    public readonly delegate* unmanaged<IntPtr, int> StreamDestroy =
        (delegate* unmanaged<IntPtr, int>)found.Get("cudaStreamDestroy");

    public readonly delegate* unmanaged<IntPtr, IntPtr, uint, int> StreamWaitEvent =
        (delegate* unmanaged<IntPtr, IntPtr, uint, int>)found.Get("cudaStreamWaitEvent");

    public readonly delegate* unmanaged<IntPtr*, uint, int> EventCreate =
        (delegate* unmanaged<IntPtr*, uint, int>)found.Get("cudaEventCreateWithFlags");

    public readonly delegate* unmanaged<IntPtr, int> EventDestroy =
        (delegate* unmanaged<IntPtr, int>)found.Get("cudaEventDestroy");

    public readonly delegate* unmanaged<IntPtr, IntPtr, int> EventRecord =
        (delegate* unmanaged<IntPtr, IntPtr, int>)found.Get("cudaEventRecord");

    public readonly delegate* unmanaged<IntPtr, int> EventQuery =
        (delegate* unmanaged<IntPtr, int>)found.Get("cudaEventQuery");

    /// <summary>(to, from, bytes, kind, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, IntPtr, nuint, int, IntPtr, int> CopyAsync =
        (delegate* unmanaged<IntPtr, IntPtr, nuint, int, IntPtr, int>)found.Get("cudaMemcpyAsync");

    public readonly delegate* unmanaged<int, byte*> GetErrorString =
        (delegate* unmanaged<int, byte*>)found.Get("cudaGetErrorString");
}
