using Microsoft.Win32.SafeHandles;
using ParDsl.Runtime.Native;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// A safetensors file of which any elements can be read, by several threads at once. It is opened, and its bits are held
/// against its checksum, when the first ones are.
/// </summary>
/// <param name="sum">What the file's SHA-256 must be; null where that is known already, or nobody has told.</param>
internal sealed class TensorFile(string path, string? sum) : IDisposable
{
    /// <summary>A span cannot hold 2 GB: larger reads go in pieces of this many elements.</summary>
    private const long ElementsAtOnce = 1 << 24;

    private readonly Lock gate = new();
    private SafeFileHandle? handle;

    public string Path => path;

    public SafetensorsHeader Header { get; } = SafetensorsFile.ReadHeader(path);

    /// <summary>Fills a contiguous tensor in main memory, of the entry's type, with the elements from an offset on.</summary>
    /// <exception cref="RunFailedException">The file cannot be read, or has other bits than its checksum says.</exception>
    public void Read(SafetensorsEntry entry, long elementOffset, Tensor target)
    {
        var source = Open();
        var place = Header.DataOffset + entry.Start + (elementOffset * entry.Type.Bytes);
        using var flat = target.view(-1);
        for (var start = 0L; start < flat.numel(); start += ElementsAtOnce)
        {
            using var piece = flat.narrow(0, start, Math.Min(ElementsAtOnce, flat.numel() - start));
            ReadExactly(source, TensorMemory.Bytes(piece), place + (start * entry.Type.Bytes));
        }
    }

    public void Dispose() => handle?.Dispose();

    private SafeFileHandle Open()
    {
        lock (gate)
        {
            if (handle is not null)
                return handle;
            try
            {
                if (sum is not null && CheckpointSums.Of(path) != sum)
                    throw CheckpointErrors.Damaged(System.IO.Path.GetDirectoryName(path)!, CheckpointSums.OtherBytes(System.IO.Path.GetFileName(path)));
                return handle = File.OpenHandle(path);
            }
            catch (Exception trouble) when (FileTrouble.Is(trouble))
            {
                throw FileErrors.CannotRead(path, trouble);
            }
        }
    }

    private void ReadExactly(SafeFileHandle source, Span<byte> bytes, long offset)
    {
        try
        {
            while (bytes.Length > 0)
            {
                var count = RandomAccess.Read(source, bytes, offset);
                if (count == 0)
                    throw new EndOfStreamException();
                bytes = bytes[count..];
                offset += count;
            }
        }
        catch (IOException trouble)
        {
            throw FileErrors.CannotRead(path, trouble);
        }
    }
}
