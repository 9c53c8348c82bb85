using System.Collections.Immutable;
using static TorchSharp.torch;

namespace ParDsl.Runtime.Checkpoints;

/// <summary>
/// Named tensors on disk, as https://huggingface.co/docs/safetensors describes: the header's length (64-bit little-endian),
/// a JSON header padded with spaces to 8 bytes, then the raw little-endian bytes of one tensor after the other.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>A span cannot hold 2 GB: larger tensors travel in pieces of this many elements.</summary>
    private const long ElementsAtOnce = 1 << 24;

    /// <summary>
    /// Writes the file whole or not at all. The tensors may be views, and on any device; they stay the caller's.
    /// </summary>
    public static void Write(
        string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, ImmutableSortedDictionary<string, string> metadata)
    {
        // As the reference writer does: wide elements first, so that every tensor is aligned to its element size.
        var ordered = tensors.OrderByDescending(pair => SafetensorsType.Of(pair.Value.dtype).Bytes)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal).ToImmutableArray();
        var header = SafetensorsHeaderWriter.Bytes(ordered, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            foreach (var (_, tensor) in ordered)
                WriteBytes(stream, tensor);
        });
    }

    /// <summary>What a file holds, without reading the tensors and without libtorch.</summary>
    public static SafetensorsHeader ReadHeader(string path)
    {
        using var stream = Open(path);
        return ReadHeader(path, stream);
    }

    /// <summary>All tensors of a file, on the CPU in the file's own element types. They are the caller's to dispose.</summary>
    public static ImmutableSortedDictionary<string, Tensor> Read(string path)
    {
        using var file = new TensorFile(path, sum: null);
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in file.Header.Entries)
        {
            var tensor = empty(entry.Shape.Sizes.AsSpan(), entry.Type.Scalar, CPU).DetachFromDisposeScope();
            tensors.Add(entry.Name, tensor);
            file.Read(entry, 0, tensor);
        }

        return tensors.ToImmutable();
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
            throw FileErrors.IsDirectory(path);
        if (!File.Exists(path))
            throw FileErrors.Missing(path);
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        }
        catch (Exception trouble) when (FileTrouble.Is(trouble))
        {
            throw FileErrors.CannotRead(path, trouble);
        }
    }

    private static SafetensorsHeader ReadHeader(string path, FileStream stream)
    {
        try
        {
            return new SafetensorsHeaderReader(path).Read(stream);
        }
        catch (IOException trouble)
        {
            throw FileErrors.CannotRead(path, trouble);
        }
    }

    private static void WriteBytes(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var flat = tensor.detach().cpu().contiguous().view(-1);
        for (var start = 0L; start < flat.NumberOfElements; start += ElementsAtOnce)
        {
            var piece = flat.narrow(0, start, Math.Min(ElementsAtOnce, flat.NumberOfElements - start));
            stream.Write(piece.bytes);
            GC.KeepAlive(piece);
        }
    }
}
