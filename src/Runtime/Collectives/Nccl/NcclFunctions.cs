namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>The functions of nccl.h that are called here. Handles are pointers, counts are of elements (size_t).</summary>
internal sealed unsafe class NcclFunctions(NativeFunctions found)
{
    public readonly delegate* unmanaged<NcclUniqueId*, NcclResult> GetUniqueId =
        (delegate* unmanaged<NcclUniqueId*, NcclResult>)found.Get("ncclGetUniqueId");

    public readonly delegate* unmanaged<IntPtr*, int, NcclUniqueId, int, NcclResult> InitRank =
        (delegate* unmanaged<IntPtr*, int, NcclUniqueId, int, NcclResult>)found.Get("ncclCommInitRank");

    public readonly delegate* unmanaged<NcclResult> GroupStart = (delegate* unmanaged<NcclResult>)found.Get("ncclGroupStart");

    public readonly delegate* unmanaged<NcclResult> GroupEnd = (delegate* unmanaged<NcclResult>)found.Get("ncclGroupEnd");

    public readonly delegate* unmanaged<IntPtr, NcclResult*, NcclResult> GetAsyncError =
        (delegate* unmanaged<IntPtr, NcclResult*, NcclResult>)found.Get("ncclCommGetAsyncError");

    public readonly delegate* unmanaged<IntPtr, NcclResult> Abort =
        (delegate* unmanaged<IntPtr, NcclResult>)found.Get("ncclCommAbort");

    public readonly delegate* unmanaged<IntPtr, NcclResult> Destroy =
        (delegate* unmanaged<IntPtr, NcclResult>)found.Get("ncclCommDestroy");

    public readonly delegate* unmanaged<IntPtr, int*, NcclResult> Count =
        (delegate* unmanaged<IntPtr, int*, NcclResult>)found.Get("ncclCommCount");

    public readonly delegate* unmanaged<IntPtr, int*, NcclResult> UserRank =
        (delegate* unmanaged<IntPtr, int*, NcclResult>)found.Get("ncclCommUserRank");

    public readonly delegate* unmanaged<IntPtr, int*, NcclResult> CudaDevice =
        (delegate* unmanaged<IntPtr, int*, NcclResult>)found.Get("ncclCommCuDevice");

    /// <summary>(send, receive, count, type, reduction, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult> AllReduce =
        (delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult>)found.Get("ncclAllReduce");

    /// <summary>(send, receive, the output's count, type, reduction, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult> ReduceScatter =
        (delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult>)found.Get("ncclReduceScatter");

    /// <summary>(send, receive, the input's count, type, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, IntPtr, IntPtr, NcclResult> AllGather =
        (delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, IntPtr, IntPtr, NcclResult>)found.Get("ncclAllGather");

    /// <summary>(send, receive, count, type, root, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult> Broadcast =
        (delegate* unmanaged<IntPtr, IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult>)found.Get("ncclBroadcast");

    /// <summary>(send, count, type, peer, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult> Send =
        (delegate* unmanaged<IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult>)found.Get("ncclSend");

    /// <summary>(receive, count, type, peer, communicator, stream)</summary>
    public readonly delegate* unmanaged<IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult> Receive =
        (delegate* unmanaged<IntPtr, nuint, NcclElementType, int, IntPtr, IntPtr, NcclResult>)found.Get("ncclRecv");

    public readonly delegate* unmanaged<NcclResult, byte*> GetErrorString =
        (delegate* unmanaged<NcclResult, byte*>)found.Get("ncclGetErrorString");

    /// <summary>From NCCL 2.13 on; null before.</summary>
    public readonly delegate* unmanaged<IntPtr, byte*> GetLastError =
        (delegate* unmanaged<IntPtr, byte*>)found.Find("ncclGetLastError");
}
