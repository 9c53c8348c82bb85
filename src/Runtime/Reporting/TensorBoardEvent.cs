using System.Collections.Immutable;
using System.Text;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// The kinds of field that TensorBoard's event message needs, in protocol buffers' encoding
/// (tensorflow/core/util/event.proto: wall_time 1, step 2, file_version 3, summary 5, session_log 7; summary.proto: value 1, in it tag 1,
/// simple_value 2).
/// </summary>
internal static class TensorBoardEvent
{
    private const byte WallTime = (1 << 3) | 1;    // 64 bits
    private const byte Step = (2 << 3) | 0;        // varint
    private const byte FileVersion = (3 << 3) | 2; // length and bytes
    private const byte Summary = (5 << 3) | 2;
    private const byte SessionLog = (7 << 3) | 2;
    private const byte SessionStatus = (1 << 3) | 0;
    private const byte SessionStart = 1;
    private const byte Value = (1 << 3) | 2;
    private const byte Tag = (1 << 3) | 2;
    private const byte SimpleValue = (2 << 3) | 5; // 32 bits

    /// <summary>What every event file begins with.</summary>
    public static byte[] Version(DateTimeOffset now) => Message(writer =>
    {
        WriteTime(writer, now);
        WriteBytes(writer, FileVersion, "brain.Event:2"u8.ToArray());
    });

    public static byte[] Scalars(DateTimeOffset now, long step, ImmutableArray<KeyValuePair<string, double>> scalars) =>
        Message(writer =>
        {
            WriteTime(writer, now);
            writer.Write(Step);
            writer.Write7BitEncodedInt64(step);
            WriteBytes(writer, Summary, Message(summary => WriteValues(summary, scalars)));
        });

    /// <summary>From this step on, TensorBoard forgets what earlier files of the folder say.</summary>
    public static byte[] Restart(DateTimeOffset now, long step) => Message(writer =>
    {
        WriteTime(writer, now);
        writer.Write(Step);
        writer.Write7BitEncodedInt64(step);
        WriteBytes(writer, SessionLog, [SessionStatus, SessionStart]);
    });

    private static void WriteValues(BinaryWriter writer, ImmutableArray<KeyValuePair<string, double>> scalars)
    {
        foreach (var (tag, value) in scalars)
            WriteBytes(writer, Value, Message(scalar =>
            {
                WriteBytes(scalar, Tag, Encoding.UTF8.GetBytes(tag));
                scalar.Write(SimpleValue);
                scalar.Write((float)value);
            }));
    }

    private static void WriteTime(BinaryWriter writer, DateTimeOffset now)
    {
        writer.Write(WallTime);
        writer.Write(now.ToUnixTimeMilliseconds() / 1000.0);
    }

    private static void WriteBytes(BinaryWriter writer, byte field, byte[] bytes)
    {
        writer.Write(field);
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    private static byte[] Message(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes))
            write(writer);
        return bytes.ToArray();
    }
}
