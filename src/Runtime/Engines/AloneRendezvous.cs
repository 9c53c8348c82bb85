using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Engines;

/// <summary>The only process of its job: whatever it says, it hears.</summary>
internal sealed class AloneRendezvous : IRendezvous
{
    public static readonly AloneRendezvous Instance = new();

    private AloneRendezvous()
    {
    }

    public int Rank => 0;

    public int Size => 1;

    public byte[] Broadcast(byte[] bytes, int root) => bytes;

    public byte[][] AllGather(byte[] bytes) => [bytes];

    public byte[] SendToFirst(byte[] bytes, int source) => bytes;

    public void Barrier()
    {
    }
}
