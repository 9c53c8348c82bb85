using System.Buffers.Binary;
using System.Numerics;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// TFRecord's checksum: CRC-32C, turned right by 15 bits and shifted by a constant, so that the checksum of data which itself
/// holds checksums stays meaningful.
/// </summary>
internal static class MaskedChecksum
{
    private const uint Shift = 0xa282ead8;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        for (; data.Length >= sizeof(ulong); data = data[sizeof(ulong)..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
        foreach (var item in data)
            crc = BitOperations.Crc32C(crc, item);
        return unchecked(BitOperations.RotateRight(~crc, 15) + Shift);
    }
}
