using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ParDsl.Cli.Tests.Jobs;

/// <summary>Makes a library one of another build: the number that each build has of its own becomes another one.</summary>
internal static class OtherBuild
{
    private const int GuidBytes = 16;

    public static void Make(string library)
    {
        var bytes = File.ReadAllBytes(library);
        bytes[PlaceOfNumber(bytes)] ^= 1;
        File.WriteAllBytes(library, bytes);
    }

    private static int PlaceOfNumber(byte[] bytes)
    {
        using var file = new PEReader(ImmutableArray.Create(bytes));
        var metadata = file.GetMetadataReader();
        // The heap counts its numbers from 1.
        var index = MetadataTokens.GetHeapOffset(metadata.GetModuleDefinition().Mvid) - 1;
        return file.PEHeaders.MetadataStartOffset + metadata.GetHeapMetadataOffset(HeapIndex.Guid) + GuidBytes * index;
    }
}
