using System.Buffers.Binary;

namespace ParDsl.Runtime.Native;

/// <summary>
/// The table of symbol versions that a 64-bit little-endian ELF library needs (section <c>.gnu.version_r</c>; layout in the
/// Linux Standard Base, "Symbol Versioning"). An image comes in and is changed in place.
/// </summary>
internal static class SymbolVersions
{
    private const uint VersionNeedsSection = 0x6ffffffe;
    private const ushort WeakFlag = 2;
    private const int SectionHeaderBytes = 64;

    /// <summary>
    /// Marks the needed version with this hash as weak: the loader then takes the library where that version is missing.
    /// </summary>
    /// <returns>Whether the image needs such a version.</returns>
    public static bool MakeWeak(Span<byte> image, uint versionHash)
    {
        if (image.Length < SectionHeaderBytes || !image.StartsWith("\u007fELF\u0002\u0001"u8))
            return false;
        var sectionTable = (int)BinaryPrimitives.ReadUInt64LittleEndian(image[40..]);
        var sectionCount = BinaryPrimitives.ReadUInt16LittleEndian(image[60..]);
        for (var index = 0; index < sectionCount; index++)
        {
            var section = image[(sectionTable + index * SectionHeaderBytes)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(section[4..]) == VersionNeedsSection)
                return MakeWeakIn(image[(int)BinaryPrimitives.ReadUInt64LittleEndian(section[24..])..], versionHash);
        }

        return false;
    }

    /// <summary>Two linked lists: the needed libraries, and for each the needed versions. A link is a distance; 0 ends.</summary>
    private static bool MakeWeakIn(Span<byte> library, uint versionHash)
    {
        while (true)
        {
            if (MarkVersion(library[(int)BinaryPrimitives.ReadUInt32LittleEndian(library[8..])..], versionHash))
                return true;
            var next = (int)BinaryPrimitives.ReadUInt32LittleEndian(library[12..]);
            if (next == 0)
                return false;
            library = library[next..];
        }
    }

    private static bool MarkVersion(Span<byte> version, uint versionHash)
    {
        while (true)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(version) == versionHash)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(version[4..], WeakFlag);
                return true;
            }

            var next = (int)BinaryPrimitives.ReadUInt32LittleEndian(version[12..]);
            if (next == 0)
                return false;
            version = version[next..];
        }
    }
}
