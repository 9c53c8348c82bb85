using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// The receiving end of a channel. Messages come in the order in which they were sent; one that is not asked for yet is laid
/// aside. The host waits for a message's first four numbers, and only the device for its elements.
/// </summary>
internal sealed class NcclReceiver : IDisposable
{
    private const int Peer = 0;

    private readonly NcclLibrary library;
    private readonly NcclLane lane;
    private readonly Tensor header;
    private readonly Dictionary<int, (Tensor Tensor, CudaMoment Received)> aside = [];
    private long number;

    public NcclReceiver(NcclLibrary library, NcclLane lane)
    {
        (this.library, this.lane) = (library, lane);
        header = zeros([NcclMessage.Length], ScalarType.Int64, lane.Device).DetachFromDisposeScope();
    }

    /// <summary>Libtorch's further work, or the host, waits for it.</summary>
    public void Receive(Tensor tensor, int tag, bool holdsHost)
    {
        while (!aside.ContainsKey(tag))
        {
            var message = Next();
            if (message.Tag == tag)
            {
                RequireAlike(message.Count, NcclElementTypes.Of(message.Type), tensor);
                Take(tensor);
                Finish(holdsHost);
                return;
            }

            LayAside(message);
        }

        TakeFromAside(tensor, tag, holdsHost);
    }

    public void Dispose()
    {
        lane.Dispose();
        header.Dispose();
        foreach (var (tensor, received) in aside.Values)
        {
            tensor.Dispose();
            received.Dispose();
        }
    }

    private NcclMessage Next()
    {
        Take(header);
        lane.Await();
        Span<long> numbers = stackalloc long[NcclMessage.Length];
        lane.ReadBack(TensorMemory.Address(header), numbers);
        var message = NcclMessage.Read(numbers);
        return message.Number == number++
            ? message
            : throw new InvalidOperationException($"message {number - 1} of a channel was expected, and {message.Number} came");
    }

    private unsafe void Take(Tensor tensor)
    {
        var (address, count, type) = (TensorMemory.Address(tensor), tensor.numel(), NcclElementTypes.Of(tensor.dtype));
        if (count == 0)
            return;
        lane.Enqueue("a receive", (communicator, stream) =>
            library.Functions.Receive(address, (nuint)count, type, Peer, communicator, stream));
    }

    private void Finish(bool holdsHost)
    {
        if (holdsHost)
            lane.Await();
        else
            lane.HoldLibtorch();
    }

    private void LayAside(NcclMessage message)
    {
        if (aside.ContainsKey(message.Tag))
            throw new InvalidOperationException($"two messages of one tag ({message.Tag}) are under way at once");
        var tensor = empty([message.Count], NcclElementTypes.Of(message.Type), lane.Device).DetachFromDisposeScope();
        try
        {
            Take(tensor);
            aside.Add(message.Tag, (tensor, lane.Mark()));
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    private void TakeFromAside(Tensor tensor, int tag, bool holdsHost)
    {
        aside.Remove(tag, out var message);
        using var received = message.Received;
        using var source = message.Tensor;
        RequireAlike(source.numel(), source.dtype, tensor);
        lane.HoldLibtorch(received);
        using var guard = no_grad();
        using var shaped = source.view(tensor.shape);
        tensor.copy_(shaped);
        if (holdsHost)
            lane.Await();
    }

    private static void RequireAlike(long count, ScalarType type, Tensor tensor)
    {
        if (count != tensor.numel() || type != tensor.dtype)
            throw new InvalidOperationException("a collective was called wrongly: the receiver's tensor is like the sender's");
    }
}
