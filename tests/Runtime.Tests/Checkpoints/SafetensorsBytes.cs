using System.Buffers.Binary;
using System.Text;

namespace ParDsl.Runtime.Tests.Checkpoints;

/// <summary>Makes safetensors files by hand, right ones and wrong ones, independently of the code under test.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, params ReadOnlySpan<byte> data) => Of((ulong)Encoding.UTF8.GetByteCount(header), header, data);

    public static byte[] Of(ulong headerLength, string header, params ReadOnlySpan<byte> data)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, headerLength);
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }
}
