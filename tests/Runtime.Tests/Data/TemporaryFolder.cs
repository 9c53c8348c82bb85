using System.Buffers.Binary;
using System.IO.Compression;

namespace ParDsl.Runtime.Tests.Data;

/// <summary>A folder of its own for one test, with the data that the test writes, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => FullPath = Directory.CreateTempSubdirectory("pardsl-data-").FullName;

    public string FullPath { get; }

    public string PathOf(string name) => Path.Combine(FullPath, name);

    public TemporaryFolder Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return this;
    }

    public TemporaryFolder Write(string name, byte[] content)
    {
        File.WriteAllBytes(PathOf(name), content);
        return this;
    }

    /// <summary>IDX images and labels as MNIST names them: image i is full of i, label i is i modulo <paramref name="classes"/>.</summary>
    public TemporaryFolder WriteIdx(string part, int count, int side = 2, int classes = 3)
    {
        var pixels = Enumerable.Range(0, count * side * side).Select(index => (byte)(index / (side * side)));
        var labels = Enumerable.Range(0, count).Select(index => (byte)(index % classes));
        Write($"{part}-images-idx3-ubyte", Idx([count, side, side], [.. pixels]));
        return Write($"{part}-labels-idx1-ubyte", Idx([count], [.. labels]));
    }

    public static byte[] Idx(int[] sizes, byte[] content)
    {
        var header = new byte[4 + (4 * sizes.Length)];
        (header[2], header[3]) = (8, (byte)sizes.Length);
        for (var index = 0; index < sizes.Length; index++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * index)), sizes[index]);
        return [.. header, .. content];
    }

    public static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionMode.Compress))
            gzip.Write(content);
        return compressed.ToArray();
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
