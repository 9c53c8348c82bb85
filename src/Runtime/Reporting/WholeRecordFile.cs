using ParDsl.Runtime.Checkpoints;

namespace ParDsl.Runtime.Reporting;

/// <summary>
/// A new file that grows by whole records: each is handed to the system in one unbuffered write, so a run that is killed
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

    public string Path { get; }

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
