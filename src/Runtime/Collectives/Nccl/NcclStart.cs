using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using TorchSharp;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>Makes communicators, which waits until all ranks of one have come.</summary>
internal static unsafe class NcclStart
{
    private const int PollMilliseconds = 20;

    /// <summary>This process's ranks join a communicator together: none waits for another of them alone.</summary>
    /// <returns>Their lanes, in the order of the seats.</returns>
    /// <exception cref="RunFailedException">NCCL refuses, or not all ranks have come within the limit.</exception>
    public static NcclLane[] Join(
        NcclLibrary library, NcclUniqueId id, int size, ImmutableArray<NcclSeat> seats, NcclGroupSettings settings)
    {
        NcclLane[] lanes = [];
        ExceptionDispatchInfo? failure = null;
        // NCCL waits without a limit. Where that is too long, the thread is left behind for the process's end.
        var ended = new Ended();
        var thread = new Thread(() =>
        {
            try
            {
                lanes = Open(library, id, size, seats);
            }
            catch (Exception caught)
            {
                failure = ExceptionDispatchInfo.Capture(caught);
            }

            ended.Set();
        });
        thread.IsBackground = true;
        thread.Name = "NCCL start";
        thread.Start();
        if (!ended.Wait(settings.StartLimit, () => RequireWell(seats[0].Rank, size, settings.Failures), PollMilliseconds))
            throw NcclErrors.NotAllCame(seats[0].Rank, size, settings.StartLimit);
        if (failure?.SourceException is NcclException refusal)
            throw NcclErrors.NotStarted(seats[0].Rank, size, refusal.Message);
        failure?.Throw();
        return lanes;
    }

    /// <summary>Nobody waits for a rank that has failed, be it in a communicator that was made before.</summary>
    private static void RequireWell(int rank, int size, FailureSignal failures)
    {
        if (failures.First is { Cause: NcclException cause })
            throw NcclErrors.NotStarted(rank, size, cause.Message);
        failures.ThrowIfRaised();
    }

    private static NcclLane[] Open(NcclLibrary library, NcclUniqueId id, int size, ImmutableArray<NcclSeat> seats)
    {
        var handles = new IntPtr[seats.Length];
        fixed (IntPtr* places = handles)
        {
            Initialize(library, id, size, seats, places);
        }

        return [.. seats.Select((seat, index) => Lane(library, handles[index], size, seat))];
    }

    private static void Initialize(
        NcclLibrary library, NcclUniqueId id, int size, ImmutableArray<NcclSeat> seats, IntPtr* places)
    {
        var functions = library.Functions;
        var isGroup = seats.Length > 1;
        if (isGroup)
            library.Require(functions.GroupStart(), IntPtr.Zero, "beginning a group of calls");
        var result = NcclResult.Success;
        for (var index = 0; index < seats.Length && result == NcclResult.Success; index++)
        {
            library.Cuda.Choose(seats[index].Device);
            result = functions.InitRank(&places[index], size, id, seats[index].Rank);
        }

        // A group that has begun ends in any case; the first mistake is the one to tell.
        var words = result == NcclResult.Success ? "" : library.Words(result, IntPtr.Zero);
        var end = isGroup ? functions.GroupEnd() : NcclResult.Success;
        if (words.Length > 0)
            throw new NcclException(words);
        if (end != NcclResult.Success)
            throw new NcclException(library.Words(end, IntPtr.Zero));
    }

    private static NcclLane Lane(NcclLibrary library, IntPtr handle, int size, NcclSeat seat)
    {
        RequireSame(library, handle, size, seat);
        var communicator = new NcclCommunicator(library, handle);
        seat.Watch.Add(communicator);
        library.Cuda.Choose(seat.Device);
        return new NcclLane(library.Cuda, communicator, seat.Watch, seat.Device);
    }

    /// <summary>A library whose calls are not what they are taken for shows here, before anything is moved.</summary>
    private static void RequireSame(NcclLibrary library, IntPtr handle, int size, NcclSeat seat)
    {
        int count, rank, device;
        library.Require(library.Functions.Count(handle, &count), handle, "asking for a communicator's size");
        library.Require(library.Functions.UserRank(handle, &rank), handle, "asking for a communicator's rank");
        library.Require(library.Functions.CudaDevice(handle, &device), handle, "asking for a communicator's device");
        var isHere = seat.Device.type != DeviceType.CUDA || device == seat.Device.index;
        if (count != size || rank != seat.Rank || !isHere)
            throw new NcclException($"it made rank {rank} of {count} on device {device}");
    }
}
