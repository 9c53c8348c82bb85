using ParDsl.Source;

namespace ParDsl.Runtime.Data.Files;

/// <summary>
/// A data file's content, read forward. What the operating system or gzip finds wrong becomes a diagnostic, and so does a
/// gzip file that ends too early, which .NET takes for its end: the length that gzip writes last must be the one that was read.
/// </summary>
internal sealed class DataStream(Stream content, uint? announcedLength, string fullPath, SourceSpan span) : Stream
{
    private long position;

    public bool IsCompressed => announcedLength is not null;

    /// <summary>The file's name without its folder, for messages.</summary>
    public string Name => Path.GetFileName(fullPath);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = ReadContent(buffer);
        position += count;
        if (count == 0 && buffer.Length > 0 && announcedLength is { } announced && (uint)position != announced)
            throw new RunFailedException(FileErrors.GzipTruncated(span, fullPath, position));
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private int ReadContent(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (InvalidDataException failure)
        {
            throw new RunFailedException(FileErrors.GzipCorrupt(span, fullPath), failure);
        }
        catch (IOException failure)
        {
            throw new RunFailedException(FileErrors.NotReadable(span, fullPath), failure);
        }
    }
}
