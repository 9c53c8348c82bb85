namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// Ranks that talk to each other, by addresses and counts. Before each collective they agree that all are there with the same
/// call; only then is the library's own collective called, which is quick and would wait with a whole core. Sums of two ranks
/// are <see cref="MpiPairSum"/>. One thread at a time calls; several communicators may be used at once.
/// </summary>
internal sealed unsafe class MpiCommunicator : IDisposable
{
    // The ranks of one machine have two such pieces in their caches at a time: sums of 25 MiB are quicker so, with either MPI.
    private const int OneMachineBytes = 2 << 20;

    private readonly MpiLibrary library;
    private readonly MpiFunctions functions;
    private readonly nint handle;
    private readonly int largestPiece;
    private readonly MpiAgreement agreement;
    private readonly MpiPairSum? pair;
    private readonly MpiCollectives calls;

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
        // The two largest tags are for what the ranks agree on, and for a pair's values; those below are free.
        MostTag = LargestTag() - 2;
        calls = new MpiCollectives(library, handle, wait);
        agreement = new MpiAgreement(library, handle, rank, size, MostTag + 1, wait);
        pair = size == 2 ? new MpiPairSum(library, handle, rank, largestPiece, MostTag + 2, wait) : null;
        RanksOnThisMachine = CountOnThisMachine();
    }

    public int Rank { get; }

    public int Size { get; }

    /// <summary>Those of this communicator, this one among them.</summary>
    public int RanksOnThisMachine { get; }

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

    /// <summary>Waits for all ranks, and sees that they are about to do the same.</summary>
    /// <exception cref="RunFailedException">They are not: on every rank.</exception>
    public void Agree(MpiCall call)
    {
        if (agreement.IsOfAll(call.Signature()))
            return;
        if (MpiCall.BringsValues(agreement.Heard))
            pair?.Refuse();
        throw CallsDiffer(call);
    }

    /// <summary>Agrees on the call, and gives every rank's buffer the sum.</summary>
    /// <exception cref="RunFailedException">The ranks are not about to do the same: on every rank.</exception>
    public void AllReduce(MpiCall call, nint buffer, long count, MpiElement element)
    {
        if (pair is not null && count > 0)
        {
            if (!pair.Sum(call with { HasValuesBeside = true }, buffer, count, element, agreement))
                throw CallsDiffer(call);
            return;
        }

        Agree(call);
        foreach (var (start, length) in CutSums(count, element))
            calls.AllReduce(buffer + (nint)(start * element.Bytes), length, element);
    }

    /// <summary>Gives every rank's buffer the root's values.</summary>
    public void Broadcast(nint buffer, long count, MpiElement element, int root)
    {
        foreach (var (start, length) in Cut(count))
            calls.Broadcast(buffer + (nint)(start * element.Bytes), length, element, root);
    }

    /// <summary>Sums, and gives rank r the r-th of Size parts of <paramref name="count"/> elements each.</summary>
    /// <param name="output">Lies outside of the input.</param>
    public void ReduceScatter(nint input, nint output, long count, MpiElement element)
    {
        var isLarge = count * Size * element.Bytes > OneMachineBytes;
        if (count * Size <= largestPiece && !(isLarge && IsOnOneMachine && library.Abi.ScattersSlowly))
        {
            calls.ReduceScatter(input, output, (int)count, element);
            return;
        }

        for (var rank = 0; rank < Size; rank++)
        {
            var part = input + (nint)(rank * count * element.Bytes);
            foreach (var (start, length) in CutSums(count, element))
            {
                var offset = (nint)(start * element.Bytes);
                calls.Reduce(part + offset, output + offset, length, element, rank);
            }
        }
    }

    /// <summary>Gives every rank all ranks' parts of <paramref name="count"/> elements; each has its own in its place.</summary>
    public void AllGather(nint buffer, long count, MpiElement element)
    {
        if (count * Size <= largestPiece)
        {
            calls.AllGather(buffer, (int)count, element);
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
        pair?.Dispose();
        if (handle == library.Abi.World)
            return;
        var communicator = handle;
        library.Require(functions.FreeCommunicator(&communicator), "MPI_Comm_free");
    }

    private bool IsOnOneMachine => RanksOnThisMachine == Size;

    private static RunFailedException CallsDiffer(MpiCall call) => new(MpiErrors.CallsDiffer(call.ToString()));

    private Pieces CutSums(long count, MpiElement element) =>
        IsOnOneMachine ? new(count, Math.Min(largestPiece, OneMachineBytes / element.Bytes)) : Cut(count);

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

    /// <summary>All ranks call it.</summary>
    private int CountOnThisMachine()
    {
        nint here = 0;
        var split = functions.SplitByType(handle, library.Abi.SharedMemory, Rank, library.Abi.NoInformation, &here);
        library.Require(split, "MPI_Comm_split_type");
        var count = 0;
        library.Require(functions.CommunicatorSize(here, &count), "MPI_Comm_size");
        library.Require(functions.FreeCommunicator(&here), "MPI_Comm_free");
        return count;
    }

    /// <summary>Of the whole job: it belongs to the communicator of all processes.</summary>
    private int LargestTag()
    {
        (nint value, int found) = (0, 0);
        library.Require(functions.Attribute(library.Abi.World, library.Abi.LargestTagKey, &value, &found), "MPI_Comm_get_attr");
        return found == 0 ? short.MaxValue : *(int*)value; // MPI promises 32767
    }
}
