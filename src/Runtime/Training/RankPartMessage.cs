using System.Collections.Immutable;
using ParDsl.Runtime.Native;
using ParDsl.Runtime.Ranks;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Training;

/// <summary>Parts on their way between processes: a header with names, places and shapes, then each tensor's bytes in pieces.</summary>
internal static class RankPartMessage
{
    private const long PieceElements = 1 << 22;

    public static byte[] Header(ImmutableArray<RankPart> parts)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
        {
            writer.Write(parts.Length);
            foreach (var part in parts)
            {
                writer.Write(part.Name);
                writer.Write(part.ElementOffset);
                writer.Write((int)part.Elements.dtype);
                writer.Write(part.Elements.shape.Length);
                foreach (var size in part.Elements.shape)
                    writer.Write(size);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Parts as the header describes them, without their numbers yet.</summary>
    public static ImmutableArray<RankPart> Empty(byte[] header)
    {
        using var reader = new BinaryReader(new MemoryStream(header));
        var parts = ImmutableArray.CreateBuilder<RankPart>(reader.ReadInt32());
        while (parts.Count < parts.Capacity)
        {
            var (name, offset, type) = (reader.ReadString(), reader.ReadInt64(), (ScalarType)reader.ReadInt32());
            var shape = new long[reader.ReadInt32()];
            for (var axis = 0; axis < shape.Length; axis++)
                shape[axis] = reader.ReadInt64();
            parts.Add(new RankPart(name, offset, empty(shape, type, CPU).DetachFromDisposeScope()));
        }

        return parts.MoveToImmutable();
    }

    /// <summary>Hands the exchange each piece of an owner's tensor, or fills a receiver's with what the exchange gives.</summary>
    public static void ForEachPiece(Tensor tensor, bool isOwner, Func<byte[], byte[]> exchange)
    {
        using var guard = no_grad();
        using var whole = tensor.contiguous();
        using var flat = whole.view(-1);
        for (var start = 0L; start < flat.numel(); start += PieceElements)
        {
            using var piece = flat.narrow(0, start, Math.Min(PieceElements, flat.numel() - start));
            var bytes = exchange(isOwner ? TensorMemory.Bytes(piece).ToArray() : []);
            if (!isOwner)
                bytes.CopyTo(TensorMemory.Bytes(piece));
        }
    }
}
