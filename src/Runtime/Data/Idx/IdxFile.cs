using System.Buffers.Binary;
using System.Collections.Immutable;
using ParDsl.Compiler.Checked;
using ParDsl.Runtime.Data.Files;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Idx;

/// <summary>
/// One IDX file of unsigned bytes: a magic number (00 00, the type, the number of dimensions), the dimensions' sizes as
/// big-endian 32-bit numbers, and the bytes. The first dimension counts the samples.
/// </summary>
internal sealed class IdxFile : IDisposable
{
    private const byte UnsignedByte = 0x08;

    private readonly DataStream stream;
    private readonly SourceSpan span;

    private IdxFile(DataStream stream, SourceSpan span, ImmutableArray<long> sizes) =>
        (this.stream, this.span, Sizes) = (stream, span, sizes);

    public ImmutableArray<long> Sizes { get; }

    public string Name => stream.Name;

    public long Count => Sizes[0];

    /// <summary>One sample's shape.</summary>
    public Shape Sample => new(Sizes[1..]);

    /// <param name="dimensionCount">3 for images, 1 for labels.</param>
    /// <exception cref="RunFailedException">It is not such a file.</exception>
    public static IdxFile Open(string fullPath, int dimensionCount, SourceSpan span)
    {
        var stream = DataFile.Open(fullPath, span);
        try
        {
            return new IdxFile(stream, span, ReadSizes(stream, dimensionCount, span));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // In floating point: the product may be beyond 64 bits.
    private double AnnouncedCount => Sizes.Aggregate(1.0, (product, size) => product * size);

    /// <exception cref="RunFailedException">The header announces more bytes than are held in memory.</exception>
    public void CheckSize()
    {
        if (AnnouncedCount > Array.MaxLength)
            throw new RunFailedException(DataErrors.TooLarge(span, Name, AnnouncedCount));
    }

    /// <summary>Every byte behind the header, and nothing may follow.</summary>
    public byte[] ReadContent()
    {
        CheckSize();
        var content = new byte[(int)AnnouncedCount];
        var found = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
        if (found < content.Length)
            throw new RunFailedException(IdxErrors.Truncated(span, Name, content.Length, found));
        // Reading on to the end also lets gzip check itself.
        if (stream.ReadByte() >= 0)
            throw new RunFailedException(IdxErrors.TooLong(span, Name, content.Length));
        return content;
    }

    public void Dispose() => stream.Dispose();

    private static ImmutableArray<long> ReadSizes(DataStream stream, int dimensionCount, SourceSpan span)
    {
        var header = new byte[4 + (4 * dimensionCount)];
        var found = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (found == 0)
            throw new RunFailedException(DataErrors.NoSamples(span, stream.Name));
        byte[] magic = [0, 0, UnsignedByte, (byte)dimensionCount];
        if (!header.AsSpan(0, 4).SequenceEqual(magic))
            throw new RunFailedException(
                IdxErrors.NotIdx(span, stream.Name, Hexadecimal(header.AsSpan(0, Math.Min(found, 4))), dimensionCount));
        if (found < header.Length)
            throw new RunFailedException(IdxErrors.Truncated(span, stream.Name, header.Length, found));
        ImmutableArray<long> sizes =
        [
            .. Enumerable.Range(1, dimensionCount)
                .Select(index => (long)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * index))),
        ];
        return sizes.Contains(0) ? throw new RunFailedException(DataErrors.NoSamples(span, stream.Name)) : sizes;
    }

    private static string Hexadecimal(ReadOnlySpan<byte> bytes) => BitConverter.ToString(bytes.ToArray()).Replace('-', ' ');
}
