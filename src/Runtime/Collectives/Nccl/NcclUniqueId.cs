using System.Runtime.CompilerServices;

namespace ParDsl.Runtime.Collectives.Nccl;

/// <summary>
/// What the ranks of one communicator must all have to find each other (nccl.h's ncclUniqueId): 128 bytes, which NCCL takes
/// by value, on the stack.
/// </summary>
public unsafe struct NcclUniqueId
{
    /// <summary>NCCL_UNIQUE_ID_BYTES.</summary>
    public const int ByteCount = 128;

    private fixed byte bytes[ByteCount];

    /// <summary>The id that another rank sent.</summary>
    public static NcclUniqueId FromBytes(ReadOnlySpan<byte> sent)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sent.Length, ByteCount);
        return Unsafe.ReadUnaligned<NcclUniqueId>(in sent[0]);
    }

    /// <summary>What to send to the other ranks.</summary>
    public readonly byte[] ToBytes()
    {
        var copy = new byte[ByteCount];
        Unsafe.WriteUnaligned(ref copy[0], this);
        return copy;
    }
}
