using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Native;

public sealed class SymbolVersionsTests
{
    private const uint VersionHash = 0x0297f842;

    [Fact]
    public void One_needed_version_becomes_weak_and_nothing_else_changes()
    {
        var original = File.ReadAllBytes(NativeFolders.Find().Bridge);
        var image = original.ToArray();
        Assert.True(SymbolVersions.MakeWeak(image, VersionHash));
        Assert.Single(Enumerable.Range(0, image.Length), index => image[index] != original[index]);
    }

    [Fact]
    public void A_library_without_that_version_and_a_file_that_is_none_stay_as_they_are()
    {
        Assert.False(SymbolVersions.MakeWeak(File.ReadAllBytes(NativeFolders.Find().Bridge), 0x12345678));
        Assert.False(SymbolVersions.MakeWeak(new byte[1000], VersionHash));
        Assert.False(SymbolVersions.MakeWeak([], VersionHash));
    }
}
