using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The functions of MPI-3 that are called here, as the library exports them. Every one returns an error code, and every
/// handle takes 64 bits (see <see cref="MpiAbi"/>).
/// </summary>
internal sealed unsafe class MpiFunctions(nint library)
{
    public readonly delegate* unmanaged<nint, nint, int, int*, int> InitThread =
        (delegate* unmanaged<nint, nint, int, int*, int>)Export(library, "MPI_Init_thread");

    public readonly delegate* unmanaged<int*, int> Initialized = (delegate* unmanaged<int*, int>)Export(library, "MPI_Initialized");

    public readonly delegate* unmanaged<int*, int> QueryThread = (delegate* unmanaged<int*, int>)Export(library, "MPI_Query_thread");

    public readonly delegate* unmanaged<int> Finalize = (delegate* unmanaged<int>)Export(library, "MPI_Finalize");

    public readonly delegate* unmanaged<nint, int, int> Abort = (delegate* unmanaged<nint, int, int>)Export(library, "MPI_Abort");

    public readonly delegate* unmanaged<byte*, int*, int> LibraryVersion =
        (delegate* unmanaged<byte*, int*, int>)Export(library, "MPI_Get_library_version");

    public readonly delegate* unmanaged<int, byte*, int*, int> ErrorText =
        (delegate* unmanaged<int, byte*, int*, int>)Export(library, "MPI_Error_string");

    public readonly delegate* unmanaged<nint, nint, int> SetErrorHandler =
        (delegate* unmanaged<nint, nint, int>)Export(library, "MPI_Comm_set_errhandler");

    public readonly delegate* unmanaged<nint, int*, int> CommunicatorRank =
        (delegate* unmanaged<nint, int*, int>)Export(library, "MPI_Comm_rank");

    public readonly delegate* unmanaged<nint, int*, int> CommunicatorSize =
        (delegate* unmanaged<nint, int*, int>)Export(library, "MPI_Comm_size");

    public readonly delegate* unmanaged<nint, int, nint*, int*, int> Attribute =
        (delegate* unmanaged<nint, int, nint*, int*, int>)Export(library, "MPI_Comm_get_attr");

    public readonly delegate* unmanaged<nint, nint*, int> CommunicatorGroup =
        (delegate* unmanaged<nint, nint*, int>)Export(library, "MPI_Comm_group");

    public readonly delegate* unmanaged<nint, int, int*, nint*, int> GroupOf =
        (delegate* unmanaged<nint, int, int*, nint*, int>)Export(library, "MPI_Group_incl");

    public readonly delegate* unmanaged<nint*, int> FreeGroup = (delegate* unmanaged<nint*, int>)Export(library, "MPI_Group_free");

    public readonly delegate* unmanaged<nint, nint, int, nint*, int> CreateCommunicator =
        (delegate* unmanaged<nint, nint, int, nint*, int>)Export(library, "MPI_Comm_create_group");

    public readonly delegate* unmanaged<nint, int, int, nint, nint*, int> SplitByType =
        (delegate* unmanaged<nint, int, int, nint, nint*, int>)Export(library, "MPI_Comm_split_type");

    public readonly delegate* unmanaged<nint*, int> FreeCommunicator =
        (delegate* unmanaged<nint*, int>)Export(library, "MPI_Comm_free");

    public readonly delegate* unmanaged<int, nint, nint*, int> ContiguousType =
        (delegate* unmanaged<int, nint, nint*, int>)Export(library, "MPI_Type_contiguous");

    public readonly delegate* unmanaged<nint*, int> CommitType = (delegate* unmanaged<nint*, int>)Export(library, "MPI_Type_commit");

    public readonly delegate* unmanaged<nint*, int> FreeType = (delegate* unmanaged<nint*, int>)Export(library, "MPI_Type_free");

    public readonly delegate* unmanaged<nint, int, nint*, int> CreateOperation =
        (delegate* unmanaged<nint, int, nint*, int>)Export(library, "MPI_Op_create");

    public readonly delegate* unmanaged<nint*, int> FreeOperation = (delegate* unmanaged<nint*, int>)Export(library, "MPI_Op_free");

    // (send buffer, receive buffer, count, type, operation, communicator)
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, int> AllReduce =
        (delegate* unmanaged<nint, nint, int, nint, nint, nint, int>)Export(library, "MPI_Allreduce");

    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int> StartAllReduce =
        (delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int>)Export(library, "MPI_Iallreduce");

    // (send buffer, receive buffer, count, type, operation, root, communicator)
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, int, nint, int> Reduce =
        (delegate* unmanaged<nint, nint, int, nint, nint, int, nint, int>)Export(library, "MPI_Reduce");

    public readonly delegate* unmanaged<nint, nint, int, nint, nint, int, nint, nint*, int> StartReduce =
        (delegate* unmanaged<nint, nint, int, nint, nint, int, nint, nint*, int>)Export(library, "MPI_Ireduce");

    // (send buffer, receive buffer, count of one part, type, operation, communicator)
    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, int> ReduceScatter =
        (delegate* unmanaged<nint, nint, int, nint, nint, nint, int>)Export(library, "MPI_Reduce_scatter_block");

    public readonly delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int> StartReduceScatter =
        (delegate* unmanaged<nint, nint, int, nint, nint, nint, nint*, int>)Export(library, "MPI_Ireduce_scatter_block");

    // (send buffer, count, type, receive buffer, count of one part, type, communicator)
    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int> AllGather =
        (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)Export(library, "MPI_Allgather");

    public readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int> StartAllGather =
        (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, nint*, int>)Export(library, "MPI_Iallgather");

    // (buffer, count, type, root, communicator)
    public readonly delegate* unmanaged<nint, int, nint, int, nint, int> Broadcast =
        (delegate* unmanaged<nint, int, nint, int, nint, int>)Export(library, "MPI_Bcast");

    public readonly delegate* unmanaged<nint, int, nint, int, nint, nint*, int> StartBroadcast =
        (delegate* unmanaged<nint, int, nint, int, nint, nint*, int>)Export(library, "MPI_Ibcast");

    // (buffer, count, type, the other rank, tag, communicator)
    public readonly delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int> StartSend =
        (delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)Export(library, "MPI_Isend");

    public readonly delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int> StartReceive =
        (delegate* unmanaged<nint, int, nint, int, int, nint, nint*, int>)Export(library, "MPI_Irecv");

    public readonly delegate* unmanaged<nint*, int*, byte*, int> Test =
        (delegate* unmanaged<nint*, int*, byte*, int>)Export(library, "MPI_Test");

    public readonly delegate* unmanaged<byte*, nint, int*, int> Count =
        (delegate* unmanaged<byte*, nint, int*, int>)Export(library, "MPI_Get_count");

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);
}
