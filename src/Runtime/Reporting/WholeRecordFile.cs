using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// A file that grows by whole records: each is handed to the system in one unbuffered write, so a run that is killed
/// leaves whole records, up to its last one. A record costs some microseconds.
/// </summary>
internal sealed class WholeRecordFile : IDisposable
{
    private readonly FileStream stream;

    /// <exception cref="IOException">The file is there already, or cannot be made.</exception>
    public WholeRecordFile(string path)
    {
        Path = path;
        stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    private WholeRecordFile(string path, FileStream stream) => (Path, this.stream) = (path, stream);

    public string Path { get; }

    /// <summary>Goes on behind the records of an earlier process, in a new file where there is none.</summary>
    public static WholeRecordFile Reopen(string path)
    {
        try
        {
            var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0);
            stream.Seek(0, SeekOrigin.End);
            return new WholeRecordFile(path, stream);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotWrite(path, trouble);
        }
    }

    public void Append(ReadOnlySpan<byte> record)
    {
        var end = stream.Length;
        try
        {
            stream.Write(record);
        }
        catch (IOException trouble)
        {
            RemoveBehind(end);
            throw FileErrors.CannotWrite(Path, trouble);
        }
    }

    /// <summary>Writes over the end of the last record, which grows by that.</summary>
    /// <param name="ending">What the last record ends with.</param>
    /// <param name="bytes">What it shall end with instead; longer.</param>
    public void Extend(ReadOnlySpan<byte> ending, ReadOnlySpan<byte> bytes)
    {
        var end = stream.Length;
        try
        {
            stream.Position = end - ending.Length;
            stream.Write(bytes);
        }
        catch (IOException trouble)
        {
            RemoveBehind(end - ending.Length);
            WriteBack(ending);
            throw FileErrors.CannotWrite(Path, trouble);
        }
    }

    private void WriteBack(ReadOnlySpan<byte> ending)
    {
        try
        {
            stream.Position = stream.Length;
            stream.Write(ending);
        }
        catch (IOException)
        {
            // The first trouble is the one to tell of.
        }
    }

    /// <summary>A disk that filled up within a record took a part of it.</summary>
    private void RemoveBehind(long end)
    {
        try
        {
            stream.SetLength(end);
        }
        catch (IOException)
        {
            // The first trouble is the one to tell of.
        }
    }

    public void Dispose() => stream.Dispose();
}
