namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Bytes of any number from one process to another: their count, then themselves in pieces.</summary>
internal sealed unsafe class ByteTransfer(MpiCommunicator communicator, MpiElement element)
{
    private const int Tag = 0;

    public void Send(byte[] bytes, int destination)
    {
        var length = (long)bytes.Length;
        Send((nint)(&length), sizeof(long), destination);
        fixed (byte* first = bytes)
            Send((nint)first, length, destination);
    }

    public byte[] Receive(int source)
    {
        var length = 0L;
        Receive((nint)(&length), sizeof(long), source);
        var bytes = new byte[length];
        fixed (byte* first = bytes)
            Receive((nint)first, length, source);
        return bytes;
    }

    private void Send(nint buffer, long count, int destination)
    {
        var status = stackalloc byte[MpiAbi.StatusBytes];
        foreach (var (start, length) in communicator.Cut(count))
        {
            var request = communicator.StartSend(buffer + (nint)start, length, element, destination, Tag);
            communicator.Wait.ForPeer(request, status, "MPI_Isend");
        }
    }

    private void Receive(nint buffer, long count, int source)
    {
        foreach (var (start, length) in communicator.Cut(count))
            _ = communicator.Receive(buffer + (nint)start, length, element, source, Tag);
    }
}
