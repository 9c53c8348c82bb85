using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace ParDsl.Runtime.Doctor;

/// <summary>
/// The symbol versions that a 64-bit little-endian ELF library defines and needs (sections <c>.gnu.version_d</c> and
/// <c>.gnu.version_r</c>; layout in the Linux Standard Base, "Symbol Versioning"). Versions needed weakly are left out.
/// </summary>
internal sealed record ElfVersions(ImmutableArray<string> Defined, ImmutableArray<string> Needed)
{
    private const uint DefinesSection = 0x6ffffffd;
    private const uint NeedsSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;
    private const int SectionHeaderBytes = 64;

    /// <exception cref="InvalidDataException">The file is no such library.</exception>
    public static ElfVersions Read(string path)
    {
        var image = File.ReadAllBytes(path);
        if (image.Length < SectionHeaderBytes || !image.AsSpan().StartsWith("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException();
        try
        {
            return new ElfVersions(Collect(image, DefinesSection, Definitions), Collect(image, NeedsSection, Needs));
        }
        catch (Exception wrong) when (wrong is ArgumentOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException(null, wrong);
        }
    }

    /// <summary>The names that one kind of section leads to; none where the library has no such section.</summary>
    private static ImmutableArray<string> Collect(
        byte[] image, uint sectionType, Func<byte[], int, int, IEnumerable<string>> names)
    {
        var (table, count) = (Offset(image, 40), UInt16(image, 60));
        for (var section = table; section < table + count * SectionHeaderBytes; section += SectionHeaderBytes)
            if (UInt32(image, section + 4) == sectionType)
                return [.. names(image, Offset(image, section + 24), Offset(image, Strings(image, table, section) + 24))];
        return [];
    }

    /// <summary>The header of the section with a section's strings.</summary>
    private static int Strings(byte[] image, int table, int section) => table + Number(image, section + 40) * SectionHeaderBytes;

    private static IEnumerable<string> Definitions(byte[] image, int start, int strings) =>
        Chain(image, start, 16).Select(entry => Text(image, strings + Number(image, entry + Number(image, entry + 12))));

    private static IEnumerable<string> Needs(byte[] image, int start, int strings) =>
        Chain(image, start, 12).SelectMany(library => Chain(image, library + Number(image, library + 8), 12))
            .Where(version => (UInt16(image, version + 4) & WeakFlag) == 0)
            .Select(version => Text(image, strings + Number(image, version + 8)));

    /// <summary>A linked list: each entry holds, at <paramref name="link"/>, the distance to the next one; 0 ends it.</summary>
    private static IEnumerable<int> Chain(byte[] image, int entry, int link)
    {
        while (true)
        {
            yield return entry;
            var distance = Number(image, entry + link);
            if (distance == 0)
                yield break;
            entry = checked(entry + distance);
        }
    }

    private static string Text(byte[] image, int start)
    {
        var rest = image.AsSpan(start);
        var end = rest.IndexOf((byte)0);
        return Encoding.ASCII.GetString(end < 0 ? rest : rest[..end]);
    }

    private static ushort UInt16(byte[] image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(offset));

    private static uint UInt32(byte[] image, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(image.AsSpan(offset));

    private static int Number(byte[] image, int offset) => checked((int)UInt32(image, offset));

    private static int Offset(byte[] image, int offset) =>
        checked((int)BinaryPrimitives.ReadUInt64LittleEndian(image.AsSpan(offset)));
}
