using System.Buffers.Binary;
using System.Text;

namespace ParDsl.Runtime.Tests.Reporting;

/// <summary>Reads an event file back by its description alone: bit-by-bit CRC-32C, protocol buffers by hand.</summary>
internal static class TensorBoardReader
{
    internal sealed record Event(double WallTime, long Step, string FileVersion, SortedDictionary<string, float> Scalars);

    public static List<Event> Read(string path)
    {
        var events = new List<Event>();
        for (ReadOnlySpan<byte> rest = File.ReadAllBytes(path); !rest.IsEmpty;)
        {
            var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            Xunit.Assert.Equal(Masked(rest[..8]), BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
            Xunit.Assert.Equal(Masked(rest.Slice(12, length)), BinaryPrimitives.ReadUInt32LittleEndian(rest[(12 + length)..]));
            events.Add(Parse(rest.Slice(12, length)));
            rest = rest[(16 + length)..];
        }

        return events;
    }

    public static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = 0xffffffffu;
        foreach (var item in data)
        {
            crc ^= item;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82f63b78u : crc >> 1;
        }

        return ~crc;
    }

    private static uint Masked(ReadOnlySpan<byte> data) => unchecked(((Crc(data) >> 15) | (Crc(data) << 17)) + 0xa282ead8u);

    private static Event Parse(ReadOnlySpan<byte> message)
    {
        var (time, step, version, scalars) = (0.0, 0L, "", new SortedDictionary<string, float>(StringComparer.Ordinal));
        while (!message.IsEmpty)
        {
            switch (message[0])
            {
                case 0x09:
                    time = BinaryPrimitives.ReadDoubleLittleEndian(message[1..]);
                    message = message[9..];
                    break;
                case 0x10:
                    message = message[1..];
                    step = (long)Varint(ref message);
                    break;
                case 0x1a:
                    version = Encoding.UTF8.GetString(Bytes(ref message));
                    break;
                case 0x2a:
                    ParseSummary(Bytes(ref message), scalars);
                    break;
                default:
                    throw new InvalidDataException($"field {message[0]:x2}");
            }
        }

        return new Event(time, step, version, scalars);
    }

    private static void ParseSummary(ReadOnlySpan<byte> summary, SortedDictionary<string, float> scalars)
    {
        while (!summary.IsEmpty)
        {
            Xunit.Assert.Equal(0x0a, summary[0]);
            var value = Bytes(ref summary);
            Xunit.Assert.Equal(0x0a, value[0]);
            var tag = Encoding.UTF8.GetString(Bytes(ref value));
            Xunit.Assert.Equal(0x15, value[0]);
            Xunit.Assert.Equal(5, value.Length);
            scalars.Add(tag, BinaryPrimitives.ReadSingleLittleEndian(value[1..]));
        }
    }

    private static ReadOnlySpan<byte> Bytes(ref ReadOnlySpan<byte> message)
    {
        message = message[1..];
        var length = (int)Varint(ref message);
        var bytes = message[..length];
        message = message[length..];
        return bytes;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var item = message[0];
            message = message[1..];
            value |= (ulong)(item & 0x7f) << shift;
            shift += 7;
            if (item < 0x80)
                return value;
        }
    }
}
