namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// Writes a file so that it is whole under its name or not there at all, whatever happens: to another name in the same
/// folder, flushed to the disk, then renamed.
/// </summary>
internal static class AtomicFile
{
    public const string TemporaryExtension = ".tmp";

    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryName(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            FolderFlush.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            Remove(temporary);
            throw FileErrors.CannotWrite(path, trouble);
        }
        catch
        {
            Remove(temporary);
            throw;
        }
    }

    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>A hidden name beside <paramref name="path"/> that nothing else has.</summary>
    public static string TemporaryName(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}{TemporaryExtension}");

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            // The first trouble is the one to tell of; what cannot be removed bears a name that nobody reads.
        }
    }
}
