using System.Runtime.InteropServices;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// Sums of two ranks. Each sends values together with what it has to agree on, so that one meeting serves for both, where MPI's
/// own sum would need another. Of a few values each rank adds all; of more, a half, which it sends back: a ring of two
/// (Patarasuk and Yuan 2009).
/// </summary>
/// <remarks>
/// The receive is posted before anything is agreed on: values that find it waiting go to their place at once.
/// </remarks>
/// <param name="mostElements">The most that a piece has.</param>
/// <param name="tag">No other message's.</param>
internal sealed unsafe class MpiPairSum(
    MpiLibrary library, nint communicator, int rank, int mostElements, int tag, MpiWait wait) : IDisposable
{
    // A message's most, and so the room for the other rank's values. A piece has two.
    private const int RoomBytes = 2 << 20;

    // Of no more, a second meeting would take longer than to add all.
    private const int MostWholeBytes = 256 << 10;

    // The other rank's values; made when there are some.
    private byte* room;

    /// <summary>Gives both ranks' buffers the sum, whose bits are the same on both.</summary>
    /// <param name="count">Not 0.</param>
    /// <param name="element">One that has a sum.</param>
    /// <returns>Whether both had called it; if not, the buffers are as they were.</returns>
    public bool Sum(MpiCall call, nint buffer, long count, MpiElement element, MpiAgreement agreement)
    {
        var isAgreed = false;
        foreach (var (start, length) in new Pieces(count, Math.Min(mostElements, 2 * RoomBytes / element.Bytes)))
        {
            var piece = new Part(buffer + (nint)(start * element.Bytes), length * element.Bytes);
            var (own, other) = piece.Bytes <= MostWholeBytes ? (piece, piece) : Halves(piece, element);
            var exchange = StartExchange(other, Room());
            isAgreed = isAgreed || agreement.IsOfAll(call.Signature());
            Finish(exchange);
            if (!isAgreed)
                return false;
            element.Add((nint)room, own.Address, own.Bytes / element.Bytes);
            if (own != other)
                Finish(StartExchange(own, other));
        }

        return true;
    }

    /// <summary>Takes the values that the other rank sent for a sum of its own, and sends none.</summary>
    public void Refuse() => Finish(StartExchange(default, Room()));

    public void Dispose() => NativeMemory.Free(room);

    private Part Room()
    {
        if (room is null)
            room = (byte*)NativeMemory.Alloc(RoomBytes);
        return new((nint)room, RoomBytes);
    }

    /// <summary>What this rank adds, and what the other one does.</summary>
    private (Part Own, Part Other) Halves(Part piece, MpiElement element)
    {
        var bytes = piece.Bytes / element.Bytes / 2 * element.Bytes;
        var first = piece with { Bytes = bytes };
        var second = new Part(piece.Address + bytes, piece.Bytes - bytes);
        return rank == 0 ? (first, second) : (second, first);
    }

    private (nint Sent, nint Received) StartExchange(Part sent, Part received)
    {
        var (functions, bytes) = (library.Functions, library.Abi.Byte);
        (nint sending, nint receiving) = (0, 0);
        var started = functions.StartReceive(received.Address, received.Bytes, bytes, 1 - rank, tag, communicator, &receiving);
        library.Require(started, "MPI_Irecv");
        started = functions.StartSend(sent.Address, sent.Bytes, bytes, 1 - rank, tag, communicator, &sending);
        library.Require(started, "MPI_Isend");
        return (sending, receiving);
    }

    private void Finish((nint Sent, nint Received) exchange)
    {
        wait.ForBytes(exchange.Received, "MPI_Irecv");
        wait.ForBytes(exchange.Sent, "MPI_Isend");
    }

    private readonly record struct Part(nint Address, int Bytes);
}
