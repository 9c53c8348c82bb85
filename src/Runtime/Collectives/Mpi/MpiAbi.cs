using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The numbers of an MPI's header file. MPI prescribes names, not their values, so each family has its own.
/// </summary>
/// <remarks>
/// All handles are kept and passed in 64 bits. MPICH's have 32: it looks at the low half of a register or of a place on the
/// stack, and writes the low half of a variable that was zero before.
/// </remarks>
internal sealed record MpiAbi
{
    // Both families count the levels of MPI_THREAD_SINGLE, FUNNELED, SERIALIZED and MULTIPLE from 0, and reuse these.
    public const int ThreadMultiple = 3;
    public const int Success = 0;
    public const int Undefined = -32766;

    /// <summary>Room for an MPI_Status of either family (20 and 24 bytes), with some to spare.</summary>
    public const int StatusBytes = 64;

    public required MpiFamily Family { get; init; }

    public required nint World { get; init; }

    public required nint NoCommunicator { get; init; }

    public required nint NoInformation { get; init; }

    /// <summary>MPI_ERRORS_RETURN.</summary>
    public required nint ErrorsReturn { get; init; }

    /// <summary>The address that stands for "the input lies where the output goes".</summary>
    public required nint InPlace { get; init; }

    /// <summary>MPI_COMM_TYPE_SHARED: the ranks of one machine.</summary>
    public required int SharedMemory { get; init; }

    /// <summary>MPI_TAG_UB: the key of the largest tag.</summary>
    public required int LargestTagKey { get; init; }

    public required nint Sum { get; init; }

    public required nint Byte { get; init; }

    public required nint Int8 { get; init; }

    public required nint UInt8 { get; init; }

    public required nint Int16 { get; init; }

    public required nint Int32 { get; init; }

    public required nint Int64 { get; init; }

    public required nint Float32 { get; init; }

    public required nint Float64 { get; init; }

    /// <summary>
    /// Whether a rank that waits inside a call lets others have its core. Open MPI does, where it is told to; MPICH spins:
    /// with 4 ranks on 2 cores, a sum of 8 bytes was seen to take 5 ms, and 0.05 ms where the waiting is done here.
    /// </summary>
    public bool WaitsPolitely => Family == MpiFamily.OpenMpi;

    /// <summary>
    /// Whether sums for one rank after the other are quicker than the library's own reduce-scatter, as with Open MPI 4.1 between
    /// ranks of a machine, by several times; MPICH's own is the quicker one.
    /// </summary>
    public bool ScattersSlowly => Family == MpiFamily.OpenMpi;

    /// <summary>From mpi.h of MPICH 4.0; its ABI has had these values since 3.1.</summary>
    public static readonly MpiAbi Mpich = new()
    {
        Family = MpiFamily.Mpich,
        World = 0x44000000,
        NoCommunicator = 0x04000000,
        NoInformation = 0x1c000000,
        ErrorsReturn = 0x54000001,
        InPlace = -1,
        SharedMemory = 1,
        LargestTagKey = 0x64400001,
        Sum = 0x58000003,
        Byte = 0x4c00010d,
        Int8 = 0x4c000137,
        UInt8 = 0x4c00013b,
        Int16 = 0x4c000238,
        Int32 = 0x4c000439,
        Int64 = 0x4c00083a,
        Float32 = 0x4c00040a,
        Float64 = 0x4c00080b,
    };

    /// <summary>From mpi.h of Open MPI 4.1; a handle is the address of a symbol that the library exports.</summary>
    public static MpiAbi OpenMpi(nint library) => new()
    {
        Family = MpiFamily.OpenMpi,
        World = Symbol(library, "ompi_mpi_comm_world"),
        NoCommunicator = Symbol(library, "ompi_mpi_comm_null"),
        NoInformation = Symbol(library, "ompi_mpi_info_null"),
        ErrorsReturn = Symbol(library, "ompi_mpi_errors_return"),
        InPlace = 1,
        SharedMemory = 0,
        LargestTagKey = 0,
        Sum = Symbol(library, "ompi_mpi_op_sum"),
        Byte = Symbol(library, "ompi_mpi_byte"),
        Int8 = Symbol(library, "ompi_mpi_int8_t"),
        UInt8 = Symbol(library, "ompi_mpi_uint8_t"),
        Int16 = Symbol(library, "ompi_mpi_int16_t"),
        Int32 = Symbol(library, "ompi_mpi_int32_t"),
        Int64 = Symbol(library, "ompi_mpi_int64_t"),
        Float32 = Symbol(library, "ompi_mpi_float"),
        Float64 = Symbol(library, "ompi_mpi_double"),
    };

    private static nint Symbol(nint library, string name) => NativeLibrary.GetExport(library, name);
}
