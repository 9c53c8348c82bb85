using System.Buffers.Binary;
using System.IO.Compression;
using ParDsl.Source;

namespace ParDsl.Runtime.Data.Files;

/// <summary>
/// Opens a data file to be read from start to end; one that starts with gzip's magic bytes is decompressed on the way.
/// </summary>
internal static class DataFile
{
    // RFC 1952: ten bytes of header, eight of checksum and length.
    private const int SmallestGzip = 18;

    /// <exception cref="RunFailedException">It cannot be opened, or, later, not be read.</exception>
    public static DataStream Open(string fullPath, SourceSpan span)
    {
        try
        {
            if (Directory.Exists(fullPath))
                throw new RunFailedException(FileErrors.FolderForFile(span, fullPath));
            return Wrap(new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read), fullPath, span);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RunFailedException(FileErrors.NotFound(span, fullPath), failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new RunFailedException(FileErrors.NotPermitted(span, fullPath), failure);
        }
        catch (Exception failure) when (failure is IOException or NotSupportedException or ArgumentException)
        {
            throw new RunFailedException(FileErrors.NotReadable(span, fullPath), failure);
        }
    }

    private static DataStream Wrap(FileStream file, string fullPath, SourceSpan span)
    {
        try
        {
            if (!IsGzip(file))
                return new DataStream(file, null, fullPath, span);
            if (file.Length < SmallestGzip)
                throw new RunFailedException(FileErrors.GzipTruncated(span, fullPath, 0));
            var announced = AnnouncedLength(file);
            return new DataStream(new GZipStream(file, CompressionMode.Decompress), announced, fullPath, span);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static bool IsGzip(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var count = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return count == 2 && magic[0] == 0x1F && magic[1] == 0x8B;
    }

    /// <summary>The length of the content modulo 2^32, as gzip writes it last.</summary>
    private static uint AnnouncedLength(FileStream file)
    {
        Span<byte> last = stackalloc byte[4];
        file.Position = file.Length - last.Length;
        file.ReadExactly(last);
        file.Position = 0;
        return BinaryPrimitives.ReadUInt32LittleEndian(last);
    }
}
