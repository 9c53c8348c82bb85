namespace ParDsl.Runtime.Collectives;

/// <summary>
/// Where the processes of a job meet: small messages of bytes before the ranks' tensors flow. All processes make the same calls
/// in the same order.
/// </summary>
public interface IRendezvous
{
    /// <summary>This process's number, from 0.</summary>
    int Rank { get; }

    /// <summary>The processes of the job.</summary>
    int Size { get; }

    /// <summary>Gives every process the root's bytes.</summary>
    /// <param name="bytes">Looked at on the root only.</param>
    byte[] Broadcast(byte[] bytes, int root);

    /// <summary>Gives every process all processes' bytes, in the order of ranks; they may differ in length.</summary>
    byte[][] AllGather(byte[] bytes);

    /// <summary>Gives the first process the source's bytes; the others, which have no part in it, get none.</summary>
    byte[] SendToFirst(byte[] bytes, int source);

    /// <summary>Returns when every process has called it.</summary>
    void Barrier();
}
