using System.Collections.Immutable;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// The machine's MPI, started in this process, and the processes that its launcher started with it. One in a process. The
/// thread that starts it disposes it.
/// </summary>
public sealed unsafe class MpiJob : IRendezvous, IDisposable
{
    /// <summary>
    /// Far below the 2^31 - 1 elements that MPI's counts allow: some networks' own counts are of bytes, and have 31 bits too.
    /// </summary>
    internal const int LargestPiece = 1 << 28;

    private const int BytesTag = 1;

    private readonly MpiLibrary library;
    private readonly MpiCommunicator world;
    private readonly MpiElements elements;
    private readonly bool isOwnStart;
    private readonly int largestPiece;

    private MpiJob(MpiLibrary library, bool isOwnStart, int largestPiece)
    {
        this.library = library;
        this.isOwnStart = isOwnStart;
        this.largestPiece = largestPiece;
        var first = new MpiCommunicator(library, library.Abi.World, new MpiWait(library, maySpin: false), largestPiece);
        first.Dispose();
        var wait = new MpiWait(library, maySpin: first.RanksOnThisMachine <= DynamicLoader.ProcessorCount);
        world = new MpiCommunicator(library, library.Abi.World, wait, largestPiece);
        elements = new MpiElements(library);
    }

    /// <summary>The path of the library that was loaded.</summary>
    public string Library => library.Path;

    /// <summary>What it calls itself: "Open MPI v4.1.4", "MPICH 4.0.2".</summary>
    public string Version => library.Version;

    public int Rank => world.Rank;

    public int Size => world.Size;

    /// <summary>Finds the library that fits who started this process, and starts it for any number of threads.</summary>
    /// <exception cref="RunFailedException">
    /// There is no MPI, it is none that is known, it does not fit the launcher, or it is not built for threads.
    /// </exception>
    public static MpiJob Start() => Start(LargestPiece);

    /// <param name="largestPiece">The most elements that one call of MPI moves.</param>
    internal static MpiJob Start(int largestPiece)
    {
        var launcher = MpiLauncher.Of(MpiEnvironment.Variables());
        MpiEnvironment.Prepare();
        var library = MpiLibrary.Load(launcher, Environment.GetEnvironmentVariable(MpiLibrary.OverrideVariable));
        var isOwnStart = !IsStarted(library);
        var level = isOwnStart ? StartThreads(library) : ThreadLevel(library);
        var job = new MpiJob(library, isOwnStart, largestPiece);
        if (level < MpiAbi.ThreadMultiple)
            throw job.Ended(new(MpiErrors.ThreadsNotProvided(job.Version, level)));
        if (launcher.Size > 1 && job.Size == 1)
            throw job.Ended(new(MpiErrors.LauncherDoesNotFit(launcher, job.Library, job.Version, job.Size)));
        return job;
    }

    public byte[] Broadcast(byte[] bytes, int root)
    {
        var length = (long)bytes.Length;
        world.Agree(new("Broadcast of bytes", 0, 1, root));
        world.Broadcast((nint)(&length), sizeof(long), elements.Byte, root);
        var result = Rank == root ? bytes : new byte[length];
        fixed (byte* first = result)
            world.Broadcast((nint)first, length, elements.Byte, root);
        return result;
    }

    public byte[][] AllGather(byte[] bytes)
    {
        var lengths = Gather<long>([bytes.Length], 1);
        var room = checked((int)lengths.Max());
        var all = Gather<byte>(bytes, room);
        return [.. lengths.Select((length, rank) => all.AsSpan(rank * room, (int)length).ToArray())];
    }

    public byte[] SendToFirst(byte[] bytes, int source)
    {
        if (source == 0)
            return Rank == 0 ? bytes : [];
        if (Rank == source)
            Send(bytes);
        return Rank == 0 ? ReceiveFrom(source) : [];
    }

    public void Barrier() => world.Agree(new("Barrier", 0, 0, -1));

    /// <summary>
    /// A group of some processes with a communicator of its own. Its members alone meet: they call it in the same order,
    /// others may, and get null at once.
    /// </summary>
    /// <param name="ranks">In the order of their numbers within the group.</param>
    public MpiGroup? CreateGroup(ImmutableArray<int> ranks) => ranks.Contains(Rank)
        ? new MpiGroup(world.Create(ranks.AsSpan(), largestPiece), elements, Version)
        : null;

    /// <summary>Ends every process of the job, this one too.</summary>
    public void Abort(int exitCode) => _ = library.Functions.Abort(library.Abi.World, exitCode);

    /// <summary>Ends MPI in this process, which waits for the job's other processes to do so too.</summary>
    public void Dispose()
    {
        elements.Dispose();
        world.Dispose();
        if (isOwnStart)
            library.Require(library.Functions.Finalize(), "MPI_Finalize");
    }

    private RunFailedException Ended(RunFailedException failure)
    {
        Dispose();
        return failure;
    }

    /// <summary>To the first process: how many bytes, and the bytes.</summary>
    private void Send(byte[] bytes)
    {
        var length = (long)bytes.Length;
        world.Send((nint)(&length), sizeof(long), elements.Byte, 0, BytesTag);
        fixed (byte* first = bytes)
            world.Send((nint)first, length, elements.Byte, 0, BytesTag);
    }

    private byte[] ReceiveFrom(int source)
    {
        var length = 0L;
        world.Receive((nint)(&length), sizeof(long), elements.Byte, source, BytesTag);
        var bytes = new byte[length];
        fixed (byte* first = bytes)
            world.Receive((nint)first, length, elements.Byte, source, BytesTag);
        return bytes;
    }

    /// <summary>Every rank's values, one after the other, each in the same room.</summary>
    private T[] Gather<T>(ReadOnlySpan<T> own, int room)
        where T : unmanaged
    {
        var all = new T[(long)room * Size];
        own.CopyTo(all.AsSpan(Rank * room));
        world.Agree(new("AllGather of bytes", room, sizeof(T), -1));
        fixed (T* first = all)
            world.AllGather((nint)first, (long)room * sizeof(T), elements.Byte);
        return all;
    }

    private static bool IsStarted(MpiLibrary library)
    {
        var isStarted = 0;
        library.Require(library.Functions.Initialized(&isStarted), "MPI_Initialized");
        return isStarted != 0;
    }

    private static int StartThreads(MpiLibrary library)
    {
        var provided = 0;
        library.Require(library.Functions.InitThread(0, 0, MpiAbi.ThreadMultiple, &provided), "MPI_Init_thread");
        return provided;
    }

    private static int ThreadLevel(MpiLibrary library)
    {
        var provided = 0;
        library.Require(library.Functions.QueryThread(&provided), "MPI_Query_thread");
        return provided;
    }
}
