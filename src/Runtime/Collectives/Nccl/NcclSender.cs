using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// The sending end of a channel. NCCL's send holds its stream until the receiver is there, so this one has a stream of its
/// own, and what is under way is a copy, kept until the stream has passed it.
/// </summary>
internal sealed class NcclSender(NcclLibrary library, NcclLane lane) : IDisposable
{
    private const int Peer = 1;

    private readonly Queue<(Tensor Header, Tensor Copy, CudaMoment Sent)> underWay = new();
    private long number;

    public void Send(Tensor tensor, int tag)
    {
        FreeSent();
        var copy = CopyOf(tensor);
        var header = new NcclMessage(number++, tag, copy.numel(), NcclElementTypes.Of(copy.dtype)).ToTensor(lane.Device);
        try
        {
            lane.Enqueue("a send", (communicator, stream) => Put(header, copy, communicator, stream));
            underWay.Enqueue((header, copy, lane.Mark()));
        }
        catch
        {
            header.Dispose();
            copy.Dispose();
            throw;
        }
    }

    /// <summary>The lane has ended, so nothing is under way any more.</summary>
    public void Dispose()
    {
        lane.Dispose();
        while (underWay.TryDequeue(out var message))
            Free(message);
    }

    private unsafe NcclResult Put(Tensor header, Tensor copy, IntPtr communicator, IntPtr stream)
    {
        var result = library.Functions.Send(
            TensorMemory.Address(header), NcclMessage.Length, NcclElementType.Int64, Peer, communicator, stream);
        var count = copy.numel();
        return result != NcclResult.Success || count == 0
            ? result
            : library.Functions.Send(
                TensorMemory.Address(copy), (nuint)count, NcclElementTypes.Of(copy.dtype), Peer, communicator, stream);
    }

    private void FreeSent()
    {
        while (underWay.TryPeek(out var oldest) && oldest.Sent.IsDone)
            Free(underWay.Dequeue());
    }

    private static void Free((Tensor Header, Tensor Copy, CudaMoment Sent) message)
    {
        message.Header.Dispose();
        message.Copy.Dispose();
        message.Sent.Dispose();
    }

    /// <summary>Its elements lie side by side in the order of their indices, whatever the tensor's do.</summary>
    private static Tensor CopyOf(Tensor tensor)
    {
        using var guard = no_grad();
        var copy = empty(tensor.shape, tensor.dtype, tensor.device).DetachFromDisposeScope();
        copy.copy_(tensor);
        return copy;
    }
}
