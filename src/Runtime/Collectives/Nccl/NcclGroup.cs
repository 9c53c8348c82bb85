using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// Collectives between GPUs, by NCCL, whose ranks are threads or processes. Work is put on a stream of the group's own, which
/// begins it when libtorch's stream has come to the call; what libtorch is given to do after the call waits for it. So the
/// host runs ahead of the device in a collective as in any operation of libtorch.
/// </summary>
/// <remarks>
/// A group in the background has its host wait instead, which is the rank's second thread. If libtorch's stream waited,
/// nothing could go on beside it; and two ranks whose two threads come to their calls in different orders would wait for each
/// other for ever. With its own stream, and waited for by the host alone, the background depends on the foreground but never
/// the other way round, until the plan waits for it, on all ranks at the same place.
/// </remarks>
public sealed class NcclGroup : ICollectiveGroup, IDisposable
{
    /// <summary>ncclSum.</summary>
    private const int Sum = 0;

    private readonly NcclLibrary library;
    private readonly NcclLane lane;
    private readonly NcclWatch watch;
    private readonly bool isBackground;
    private readonly Dictionary<int, NcclSender> senders = [];
    private readonly Dictionary<int, NcclReceiver> receivers = [];

    /// <summary>What a barrier sums up.</summary>
    private readonly Tensor one;

    /// <param name="lane">Of the communicator of all ranks; from now on the group's.</param>
    internal NcclGroup(NcclLibrary library, NcclLane lane, NcclSeat seat, int size, NcclGroupSettings settings)
    {
        (this.library, this.lane, watch, isBackground) = (library, lane, seat.Watch, settings.IsBackground);
        (Rank, Size) = (seat.Rank, size);
        one = ones([1], ScalarType.Float32, seat.Device).DetachFromDisposeScope();
    }

    public int Rank { get; }

    public int Size { get; }

    public long MovedBytes { get; private set; }

    /// <summary>The group of a rank whose others join in other processes, or on other threads.</summary>
    /// <param name="id">Made by the group's first rank and sent to the others.</param>
    /// <param name="settings">Null for a group in the foreground without messages.</param>
    /// <exception cref="RunFailedException">NCCL refuses, or not all ranks have come within the limit.</exception>
    public static NcclGroup Join(
        NcclLibrary library, NcclUniqueId id, int rank, int size, Device device, NcclGroupSettings? settings = null) =>
        NcclGroupStart.Join(library, id, rank, size, device, settings ?? new NcclGroupSettings());

    /// <summary>A group all of whose ranks are threads of this process: each rank's own door to it.</summary>
    /// <param name="devices">A rank's each, all different.</param>
    /// <param name="settings">Null for a group in the foreground without messages.</param>
    /// <exception cref="RunFailedException">NCCL refuses.</exception>
    public static NcclGroup[] CreateLocal(
        NcclLibrary library, ImmutableArray<Device> devices, NcclGroupSettings? settings = null) =>
        NcclGroupStart.CreateLocal(library, devices, settings ?? new NcclGroupSettings());

    public void Barrier()
    {
        Sums("a barrier", one);
        // Whatever the sum is by now, it is not to grow.
        lane.Await();
        using var guard = no_grad();
        using var again = 1.ToScalar();
        one.fill_(again);
    }

    public unsafe void Broadcast(Tensor tensor, int root)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(root);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(root, Size);
        var (address, count, type) = Memory(tensor);
        Collect("a broadcast", count, (communicator, stream) =>
            library.Functions.Broadcast(address, address, count, type, root, communicator, stream));
        if (Rank != root)
            CountMoved(tensor.numel(), tensor, 1);
    }

    public void AllReduce(Tensor tensor)
    {
        Sums("an all-reduce", tensor);
        var count = tensor.numel();
        // What would cross ranks in memory that all share: of each other rank, this one's part, there and back.
        CountMoved((count * (Rank + 1) / Size) - (count * Rank / Size), tensor, 2 * (Size - 1));
    }

    public unsafe void ReduceScatter(Tensor input, Tensor output)
    {
        Require(input.numel() == output.numel() * Size, "a reduce-scatter's input is Size times its output");
        Require(input.dtype == output.dtype, "input and output have one element type");
        var (from, _, _) = Memory(input);
        var (to, count, type) = Memory(output);
        Collect("a reduce-scatter", count, (communicator, stream) =>
            library.Functions.ReduceScatter(from, to, count, type, Sum, communicator, stream));
        CountMoved(output.numel(), output, Size - 1);
    }

    public unsafe void AllGather(Tensor input, Tensor output)
    {
        Require(output.numel() == input.numel() * Size, "an all-gather's output is Size times its input");
        Require(input.dtype == output.dtype, "input and output have one element type");
        var (from, count, type) = Memory(input);
        var (to, _, _) = Memory(output);
        Collect("an all-gather", count, (communicator, stream) =>
            library.Functions.AllGather(from, to, count, type, communicator, stream));
        CountMoved(input.numel(), input, Size - 1);
    }

    public void Send(Tensor tensor, int destination, int tag) =>
        Channel(senders, Rank, destination, destination).Send(tensor, tag);

    public void Receive(Tensor tensor, int source, int tag)
    {
        Require(tensor.is_contiguous(), "a tensor's elements lie side by side");
        Channel(receivers, source, Rank, source).Receive(tensor, tag, isBackground);
        watch.ThrowIfBroken();
        CountMoved(tensor.numel(), tensor, 1);
    }

    /// <summary>The rank's last call; all ranks make it. What nobody took of the messages is freed.</summary>
    public void Dispose()
    {
        foreach (var sender in senders.Values)
            sender.Dispose();
        foreach (var receiver in receivers.Values)
            receiver.Dispose();
        lane.Dispose();
        watch.Dispose();
        one.Dispose();
    }

    /// <summary>Adds a channel that begins or ends here.</summary>
    internal void Add(NcclChannel channel, NcclLane channelLane)
    {
        if (channel.Source == Rank)
            senders.Add(channel.Destination, new NcclSender(library, channelLane));
        else
            receivers.Add(channel.Source, new NcclReceiver(library, channelLane));
    }

    /// <summary>Sums up over the ranks without counting what moves, and has the host wait.</summary>
    internal void AgreeOn(Tensor tensor)
    {
        Sums("the exchange of the channels' ids", tensor);
        lane.Await();
    }

    private unsafe void Sums(string action, Tensor tensor)
    {
        var (address, count, type) = Memory(tensor);
        Collect(action, count, (communicator, stream) =>
            library.Functions.AllReduce(address, address, count, type, Sum, communicator, stream));
    }

    private void Collect(string action, nuint count, Func<IntPtr, IntPtr, NcclResult> operation)
    {
        if (count == 0)
        {
            watch.ThrowIfBroken();
            return;
        }

        lane.Enqueue(action, operation);
        if (isBackground)
            lane.Await();
        else
            lane.HoldLibtorch();
    }

    private static T Channel<T>(Dictionary<int, T> ends, int source, int destination, int peer) =>
        ends.TryGetValue(peer, out var end)
            ? end
            : throw new InvalidOperationException(
                $"the group was made without a channel from rank {source} to rank {destination}");

    private static (IntPtr Address, nuint Count, NcclElementType Type) Memory(Tensor tensor)
    {
        Require(tensor.is_contiguous(), "a tensor's elements lie side by side");
        return (TensorMemory.Address(tensor), (nuint)tensor.numel(), NcclElementTypes.Of(tensor.dtype));
    }

    private void CountMoved(long count, Tensor tensor, int times) => MovedBytes += count * tensor.element_size() * times;

    private static void Require(bool holds, string law)
    {
        if (!holds)
            throw new InvalidOperationException($"a collective was called wrongly: {law}");
    }
}
