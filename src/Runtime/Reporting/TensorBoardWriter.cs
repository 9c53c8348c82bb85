using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// Scalars for TensorBoard: a file of TFRecord frames, each the event's length, that length's checksum, the event, and its
/// checksum.
/// </summary>
/// <remarks>
/// TorchSharp's SummaryWriter opens and closes the file for each scalar, stamps the file's first event with .NET ticks instead
/// of seconds and every other with whole seconds, and counts steps in 32 bits; so this is our own.
/// </remarks>
internal sealed class TensorBoardWriter : IDisposable
{
    private const int LengthBytes = 8;
    private const int ChecksumBytes = 4;

    private readonly WholeRecordFile file;

    private TensorBoardWriter(WholeRecordFile file) => this.file = file;

    public string Path => file.Path;

    /// <summary>Starts an event file in a folder. Its name holds <c>tfevents</c>, by which TensorBoard finds it.</summary>
    /// <remarks>A second file of one second sorts behind the first, as TensorBoard reads them.</remarks>
    public static TensorBoardWriter Create(string folder, DateTimeOffset now)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{now.ToUnixTimeSeconds()}.pardsl");
        var path = System.IO.Path.Combine(folder, name);
        for (var attempt = 2; File.Exists(path); attempt++)
            path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{attempt:D4}"));
        try
        {
            var writer = new TensorBoardWriter(new WholeRecordFile(path));
            writer.Append(TensorBoardEvent.Version(now));
            return writer;
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(path, trouble);
        }
    }

    /// <summary>What follows takes the place of what earlier files have from this step on.</summary>
    public void Restart(DateTimeOffset now, long step) => Append(TensorBoardEvent.Restart(now, step));

    public void Write(DateTimeOffset now, long step, ImmutableArray<KeyValuePair<string, double>> scalars) =>
        Append(TensorBoardEvent.Scalars(now, step, scalars));

    public void Dispose() => file.Dispose();

    private void Append(ReadOnlySpan<byte> data)
    {
        var frame = new byte[LengthBytes + ChecksumBytes + data.Length + ChecksumBytes];
        BinaryPrimitives.WriteInt64LittleEndian(frame, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(LengthBytes), MaskedChecksum.Of(frame.AsSpan(0, LengthBytes)));
        data.CopyTo(frame.AsSpan(LengthBytes + ChecksumBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(frame.AsSpan(frame.Length - ChecksumBytes), MaskedChecksum.Of(data));
        file.Append(frame);
    }
}
