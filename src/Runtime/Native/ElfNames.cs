using System.Buffers.Binary;
using System.Text;

namespace ParDsl.Runtime.Native;

/// <summary>
/// The names of a 64-bit little-endian ELF library's dynamic symbols (section <c>.dynstr</c>), read without loading it: a
/// library of gigabytes takes seconds to load, and its names a moment to read.
/// </summary>
internal static class ElfNames
{
    private const int FileHeaderBytes = 64;
    private const int SectionHeaderBytes = 64;

    /// <summary>SHT_DYNSYM.</summary>
    private const uint SymbolSection = 11;

    /// <summary>More is no table of names.</summary>
    private const long MostBytes = 1 << 30;

    /// <summary>Whether a symbol of that name is there; false too where the file is no such library.</summary>
    public static bool Contains(string path, string name)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Names(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes($"\0{name}\0")) >= 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static byte[] Names(FileStream file)
    {
        var header = Read(file, 0, FileHeaderBytes);
        if (!header.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            return [];
        var (table, count) = (Number(header, 40), BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(60)));
        var sections = Read(file, table, count * SectionHeaderBytes);
        for (var section = 0; section < sections.Length; section += SectionHeaderBytes)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(section + 4)) != SymbolSection)
                continue;
            var names = SectionHeaderBytes * BinaryPrimitives.ReadInt32LittleEndian(sections.AsSpan(section + 40));
            return Read(file, Number(sections, names + 24), Number(sections, names + 32));
        }

        return [];
    }

    private static byte[] Read(FileStream file, long offset, long count)
    {
        if (count is < 0 or > MostBytes)
            throw new InvalidDataException();
        var bytes = new byte[count];
        file.Position = offset;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static long Number(byte[] bytes, int place) => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(place));
}
