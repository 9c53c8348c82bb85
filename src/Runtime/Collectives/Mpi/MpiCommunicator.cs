namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// Ranks that talk to each other, by addresses and counts. Before each collective they agree that all are there with the same
/// call; only then is the library's own collective called, which is quick and would wait with a whole core. One thread at a
/// time calls; several communicators may be used at once.
/// </summary>
internal sealed unsafe class MpiCommunicator : IDisposable
{
    private readonly MpiLibrary library;
    private readonly MpiFunctions functions;
    private readonly nint handle;
    private readonly int largestPiece;

    private readonly MpiAgreement agreement;

    /// <param name="handle">MPI's; errors are returned from now on.</param>
    /// <param name="largestPiece">The most elements that one call of MPI moves, whose counts have 31 bits.</param>
    public MpiCommunicator(MpiLibrary library, nint handle, MpiWait wait, int largestPiece)
    {
        this.library = library;
        this.handle = handle;
        this.largestPiece = largestPiece;
        functions = library.Functions;
        Wait = wait;
        library.Require(functions.SetErrorHandler(handle, library.Abi.ErrorsReturn), "MPI_Comm_set_errhandler");
        (int rank, int size) = (0, 0);
        library.Require(functions.CommunicatorRank(handle, &rank), "MPI_Comm_rank");
        library.Require(functions.CommunicatorSize(handle, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
        // The largest tag is for what the ranks agree on; those below are free.
        MostTag = LargestTag() - 1;
        agreement = new MpiAgreement(library, handle, rank, size, MostTag + 1, wait);
    }

    public int Rank { get; }

    public int Size { get; }

    public MpiWait Wait { get; }

    /// <summary>The largest tag that a message may have.</summary>
    public int MostTag { get; }

    /// <summary>A communicator of some ranks of this one. Those ranks alone call it, all with the same list.</summary>
    public MpiCommunicator Create(ReadOnlySpan<int> ranks, int largestPieceOfIt)
    {
        (nint all, nint some, nint created) = (0, 0, 0);
        library.Require(functions.CommunicatorGroup(handle, &all), "MPI_Comm_group");
        fixed (int* first = ranks)
            library.Require(functions.GroupOf(all, ranks.Length, first, &some), "MPI_Group_incl");
        library.Require(functions.CreateCommunicator(handle, some, 0, &created), "MPI_Comm_create_group");
        library.Require(functions.FreeGroup(&some), "MPI_Group_free");
        library.Require(functions.FreeGroup(&all), "MPI_Group_free");
        return new MpiCommunicator(library, created, Wait, largestPieceOfIt);
    }

    /// <summary>The ranks of this one that share this rank's machine. All ranks call it.</summary>
    public int CountOnThisMachine()
    {
        nint here = 0;
        var split = functions.SplitByType(handle, library.Abi.SharedMemory, Rank, library.Abi.NoInformation, &here);
        library.Require(split, "MPI_Comm_split_type");
        var count = 0;
        library.Require(functions.CommunicatorSize(here, &count), "MPI_Comm_size");
        library.Require(functions.FreeCommunicator(&here), "MPI_Comm_free");
        return count;
    }

    /// <summary>Waits for all ranks, and sees that they are about to do the same.</summary>
    /// <exception cref="RunFailedException">They are not: on every rank.</exception>
    public void Agree(MpiCall call)
    {
        if (!agreement.IsOfAll(call.Signature()))
            throw new RunFailedException(MpiErrors.CallsDiffer(call.ToString()));
    }

    /// <summary>Gives every rank's buffer the sum.</summary>
    public void AllReduce(nint buffer, long count, MpiElement element)
    {
        foreach (var (start, length) in Cut(count))
            AllReducePiece(buffer + (nint)(start * element.Bytes), length, element);
    }

    /// <summary>Gives every rank's buffer the root's values.</summary>
    public void Broadcast(nint buffer, long count, MpiElement element, int root)
    {
        foreach (var (start, length) in Cut(count))
            BroadcastPiece(buffer + (nint)(start * element.Bytes), length, element, root);
    }

    /// <summary>Sums, and gives rank r the r-th of Size parts of <paramref name="count"/> elements each.</summary>
    /// <param name="output">Lies outside of the input.</param>
    public void ReduceScatter(nint input, nint output, long count, MpiElement element)
    {
        if (count * Size <= largestPiece)
        {
            ReduceScatterWhole(input, output, (int)count, element);
            return;
        }

        for (var rank = 0; rank < Size; rank++)
        {
            var part = input + (nint)(rank * count * element.Bytes);
            foreach (var (start, length) in Cut(count))
            {
                var offset = (nint)(start * element.Bytes);
                ReducePiece(part + offset, output + offset, length, element, rank);
            }
        }
    }

    /// <summary>Gives every rank all ranks' parts of <paramref name="count"/> elements; each has its own in its place.</summary>
    public void AllGather(nint buffer, long count, MpiElement element)
    {
        if (count * Size <= largestPiece)
        {
            AllGatherWhole(buffer, (int)count, element);
            return;
        }

        for (var rank = 0; rank < Size; rank++)
            Broadcast(buffer + (nint)(rank * count * element.Bytes), count, element, rank);
    }

    /// <summary>Sends and waits until the buffer may change.</summary>
    public void Send(nint buffer, long count, MpiElement element, int destination, int tag)
    {
        var status = stackalloc byte[MpiAbi.StatusBytes];
        foreach (var (start, length) in Cut(count))
        {
            var request = StartSend(buffer + (nint)(start * element.Bytes), length, element, destination, tag);
            Wait.ForPeer(request, status, "MPI_Isend");
        }
    }

    /// <summary>Waits for as many elements as the other rank sends.</summary>
    /// <returns>Whether it sent so many; more of them are an error of MPI.</returns>
    public bool Receive(nint buffer, long count, MpiElement element, int source, int tag)
    {
        foreach (var (start, length) in Cut(count))
        {
            if (ReceivePiece(buffer + (nint)(start * element.Bytes), length, element, source, tag) != length)
                return false;
        }

        return true;
    }

    /// <summary>Starts to send one piece, which stays as it is until the request is done.</summary>
    public nint StartSend(nint buffer, int count, MpiElement element, int destination, int tag)
    {
        nint request = 0;
        library.Require(functions.StartSend(buffer, count, element.Type, destination, tag, handle, &request), "MPI_Isend");
        return request;
    }

    public Pieces Cut(long count) => new(count, largestPiece);

    /// <summary>Frees it with MPI, where it is not the one of all processes. No message may be under way.</summary>
    public void Dispose()
    {
        agreement.Dispose();
        if (handle == library.Abi.World)
            return;
        var communicator = handle;
        library.Require(functions.FreeCommunicator(&communicator), "MPI_Comm_free");
    }

    /// <summary>Waits for one piece.</summary>
    /// <returns>How many elements came, or a negative number where they were no whole ones.</returns>
    private int ReceivePiece(nint buffer, int count, MpiElement element, int source, int tag)
    {
        nint request = 0;
        library.Require(functions.StartReceive(buffer, count, element.Type, source, tag, handle, &request), "MPI_Irecv");
        var status = stackalloc byte[MpiAbi.StatusBytes];
        Wait.ForPeer(request, status, "MPI_Recv");
        var received = 0;
        library.Require(functions.Count(status, element.Type, &received), "MPI_Get_count");
        return received == MpiAbi.Undefined ? -1 : received;
    }

    /// <summary>Of the whole job: it belongs to the communicator of all processes.</summary>
    private int LargestTag()
    {
        (nint value, int found) = (0, 0);
        library.Require(functions.Attribute(library.Abi.World, library.Abi.LargestTagKey, &value, &found), "MPI_Comm_get_attr");
        return found == 0 ? short.MaxValue : *(int*)value; // MPI promises 32767
    }

    private void AllReducePiece(nint buffer, int count, MpiElement element)
    {
        var inPlace = library.Abi.InPlace;
        if (library.Abi.WaitsPolitely)
        {
            library.Require(functions.AllReduce(inPlace, buffer, count, element.Type, element.Sum, handle), "MPI_Allreduce");
            return;
        }

        nint request = 0;
        var started = functions.StartAllReduce(inPlace, buffer, count, element.Type, element.Sum, handle, &request);
        Finish(started, request, "MPI_Iallreduce");
    }

    private void BroadcastPiece(nint buffer, int count, MpiElement element, int root)
    {
        if (library.Abi.WaitsPolitely)
        {
            library.Require(functions.Broadcast(buffer, count, element.Type, root, handle), "MPI_Bcast");
            return;
        }

        nint request = 0;
        Finish(functions.StartBroadcast(buffer, count, element.Type, root, handle, &request), request, "MPI_Ibcast");
    }

    private void ReduceScatterWhole(nint input, nint output, int count, MpiElement element)
    {
        if (library.Abi.WaitsPolitely)
        {
            var result = functions.ReduceScatter(input, output, count, element.Type, element.Sum, handle);
            library.Require(result, "MPI_Reduce_scatter_block");
            return;
        }

        nint request = 0;
        var started = functions.StartReduceScatter(input, output, count, element.Type, element.Sum, handle, &request);
        Finish(started, request, "MPI_Ireduce_scatter_block");
    }

    private void ReducePiece(nint input, nint output, int count, MpiElement element, int root)
    {
        if (library.Abi.WaitsPolitely)
        {
            library.Require(functions.Reduce(input, output, count, element.Type, element.Sum, root, handle), "MPI_Reduce");
            return;
        }

        nint request = 0;
        var started = functions.StartReduce(input, output, count, element.Type, element.Sum, root, handle, &request);
        Finish(started, request, "MPI_Ireduce");
    }

    private void AllGatherWhole(nint buffer, int count, MpiElement element)
    {
        var inPlace = library.Abi.InPlace;
        if (library.Abi.WaitsPolitely)
        {
            var result = functions.AllGather(inPlace, 0, element.Type, buffer, count, element.Type, handle);
            library.Require(result, "MPI_Allgather");
            return;
        }

        nint request = 0;
        var started = functions.StartAllGather(inPlace, 0, element.Type, buffer, count, element.Type, handle, &request);
        Finish(started, request, "MPI_Iallgather");
    }

    private void Finish(int started, nint request, string function)
    {
        library.Require(started, function);
        Wait.ForBytes(request, function);
    }
}
