using System.Runtime.CompilerServices;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>
/// One rank's door to ranks in other processes: collectives of the machine's MPI over a communicator of their own. Tensors in
/// main memory are used where they lie; those of other devices go through copies.
/// </summary>
/// <remarks>
/// MPI requires that a sum is the same on all ranks (MPI-3.1, 5.9.6), and the order of its additions follows from counts and
/// ranks alone. A call that fails throws <see cref="RunFailedException"/>.
/// </remarks>
public sealed class MpiGroup : ICollectiveGroup, IDisposable
{
    private readonly MpiCommunicator communicator;
    private readonly MpiElements elements;
    private readonly MpiSends sends;
    private readonly string version;

    internal MpiGroup(MpiCommunicator communicator, MpiElements elements, string version)
    {
        this.communicator = communicator;
        this.elements = elements;
        this.version = version;
        sends = new MpiSends(communicator, $"rank {communicator.Rank} messages");
    }

    public int Rank => communicator.Rank;

    public int Size => communicator.Size;

    public long MovedBytes { get; private set; }

    public void Barrier() => communicator.Agree(new("barrier", 0, 0, -1));

    public void Broadcast(Tensor tensor, int root)
    {
        using var guard = no_grad();
        using var host = HostTensor.Of(tensor);
        var element = elements.Of(tensor.dtype);
        communicator.Agree(Call(host.Count, element, root));
        communicator.Broadcast(host.Address, host.Count, element, root);
        if (Rank == root)
            return;
        host.WriteBack();
        MovedBytes += host.Bytes;
    }

    public void AllReduce(Tensor tensor)
    {
        if (Size == 1)
            return;
        using var guard = no_grad();
        using var host = HostTensor.Of(tensor);
        var element = elements.SumOf(tensor.dtype);
        communicator.AllReduce(Call(host.Count, element), host.Address, host.Count, element);
        host.WriteBack();
        // As over a ring, where rank r adds up part r: it comes in from each other rank and goes out to it.
        var part = (host.Count * (Rank + 1) / Size) - (host.Count * Rank / Size);
        MovedBytes += 2 * (Size - 1) * part * element.Bytes;
    }

    public void ReduceScatter(Tensor input, Tensor output)
    {
        Require(input.numel() == output.numel() * Size, "a reduce-scatter's input is Size times its output");
        using var guard = no_grad();
        using var from = HostTensor.Of(input);
        using var to = HostTensor.For(output);
        var element = elements.SumOf(input.dtype);
        communicator.Agree(Call(to.Count, element));
        if (from.Overlaps(to))
            ScatterInPlace(from, output, element);
        else
            communicator.ReduceScatter(from.Address, to.Address, to.Count, element);
        to.WriteBack();
        MovedBytes += to.Bytes * (Size - 1);
    }

    public void AllGather(Tensor input, Tensor output)
    {
        Require(output.numel() == input.numel() * Size, "an all-gather's output is Size times its input");
        using var guard = no_grad();
        var element = elements.Of(input.dtype);
        PutInPlace(input, output);
        using var host = HostTensor.Of(output);
        communicator.Agree(Call(input.numel(), element));
        communicator.AllGather(host.Address, input.numel(), element);
        host.WriteBack();
        MovedBytes += input.numel() * element.Bytes * (Size - 1);
    }

    public void Send(Tensor tensor, int destination, int tag)
    {
        RequireTag(tag);
        using var guard = no_grad();
        var element = elements.Of(tensor.dtype);
        using var here = tensor.cpu();
        var copy = here.clone().DetachFromDisposeScope();
        using var host = HostTensor.Of(copy);
        var (address, count) = (host.Address, host.Count);
        sends.Add(copy, () => StartPieces(address, count, element, destination, tag));
    }

    public void Receive(Tensor tensor, int source, int tag)
    {
        RequireTag(tag);
        using var guard = no_grad();
        using var host = HostTensor.For(tensor);
        var element = elements.Of(tensor.dtype);
        var isLikeSent = communicator.Receive(host.Address, host.Count, element, source, tag);
        Require(isLikeSent, "the receiver's tensor is like the sender's");
        host.WriteBack();
        MovedBytes += host.Bytes;
    }

    /// <summary>
    /// Waits a little for messages that others have not taken yet, and frees the communicator. Where they are never taken, for
    /// their receiver failed, it stays with MPI until the process ends.
    /// </summary>
    public void Dispose()
    {
        var isFinished = sends.Finish();
        sends.Dispose();
        if (isFinished)
            communicator.Dispose();
    }

    /// <summary>
    /// MPI forbids that the two overlap, and its own way in place would write to the input's start: so the sum comes into
    /// memory beside them, one part large.
    /// </summary>
    private void ScatterInPlace(HostTensor from, Tensor output, MpiElement element)
    {
        using var beside = empty_like(output);
        using var to = HostTensor.For(beside);
        communicator.ReduceScatter(from.Address, to.Address, to.Count, element);
        output.copy_(beside);
    }

    /// <summary>MPI takes this rank's part from its place in the output, where the input may lie already.</summary>
    private void PutInPlace(Tensor input, Tensor output)
    {
        using var flatInput = input.view(-1);
        using var flatOutput = output.view(-1);
        using var place = flatOutput.narrow(0, Rank * flatInput.numel(), flatInput.numel());
        if (TensorMemory.Address(place) != TensorMemory.Address(flatInput))
            place.copy_(flatInput);
    }

    private List<nint> StartPieces(nint address, long count, MpiElement element, int destination, int tag)
    {
        var requests = new List<nint>();
        foreach (var (start, length) in communicator.Cut(count))
            requests.Add(communicator.StartSend(address + (nint)(start * element.Bytes), length, element, destination, tag));
        return requests;
    }

    private void RequireTag(int tag)
    {
        if (tag > communicator.MostTag)
            throw new RunFailedException(MpiErrors.TagTooLarge(tag, communicator.MostTag, version));
    }

    private static MpiCall Call(long count, MpiElement element, int root = -1, [CallerMemberName] string name = "") =>
        new(name, count, element.Bytes, root);

    private static void Require(bool holds, string law)
    {
        if (!holds)
            throw new InvalidOperationException($"a collective was called wrongly: {law}");
    }
}
