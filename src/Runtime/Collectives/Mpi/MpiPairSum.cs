using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// Sums of two ranks that are no larger than a piece: each sends its values together with what it has to agree on, and adds
/// what came. So one meeting serves for both, where MPI's own sum would need another.
/// </summary>
/// <param name="tag">No other message's.</param>
internal sealed unsafe class MpiPairSum(MpiLibrary library, nint communicator, int rank, int tag, MpiWait wait) : IDisposable
{
    /// <summary>Of more, each rank better adds half, as MPI's own sum does.</summary>
    public const int MostBytes = 1 << 20;

    // The other rank's values; made when there are some.
    private byte* values;

    /// <summary>Gives both ranks' buffers the sum, whose bits are the same on both.</summary>
    /// <returns>Whether both had called it; if not, the buffers are as they were.</returns>
    public bool Sum(MpiCall call, nint buffer, int count, MpiElement element, MpiAgreement agreement)
    {
        nint sent = 0;
        var started = library.Functions.StartSend(
            buffer, count * element.Bytes, library.Abi.Byte, 1 - rank, tag, communicator, &sent);
        library.Require(started, "MPI_Isend");
        var isOfBoth = agreement.IsOfAll(call.Signature());
        if (MpiCall.BringsValues(agreement.Heard))
            Receive();
        wait.ForBytes(sent, "MPI_Isend");
        if (isOfBoth)
            library.Require(library.Functions.Add((nint)values, buffer, count, element.Type, element.Sum), "MPI_Reduce_local");
        return isOfBoth;
    }

    /// <summary>Takes the values that the other rank sent for a sum of its own.</summary>
    public void Receive()
    {
        if (values is null)
            values = (byte*)NativeMemory.Alloc(MostBytes);
        nint received = 0;
        var started = library.Functions.StartReceive(
            (nint)values, MostBytes, library.Abi.Byte, 1 - rank, tag, communicator, &received);
        library.Require(started, "MPI_Irecv");
        wait.ForBytes(received, "MPI_Irecv");
    }

    public void Dispose() => NativeMemory.Free(values);
}
