using ParDsl.Runtime.Collectives.Nccl;
using ParDsl.Runtime.Native;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Nccl;

public sealed class NcclLibraryTests
{
    [Fact]
    public void A_library_is_asked_its_version()
    {
        var library = FakeNccl.Load();
        Assert.Equal(new Version(2, 23, 4), library.Version);
        Assert.Equal(FakeNccl.File, library.Name);
    }

    [Fact]
    public void A_library_without_all_functions_is_refused_with_their_names() => AssertRefused(
        FakeNccl.WithoutMessages, "PD5344", "is no whole NCCL: it has no ncclSend, ncclRecv");

    [Fact]
    public void A_library_that_is_none_of_NCCL_is_refused() =>
        AssertRefused("libc.so.6", "PD5344", "`libc.so.6` is no whole NCCL: it has no ncclGetVersion");

    [Fact]
    public void A_path_that_does_not_exist_is_told() =>
        AssertRefused("/nowhere/libnccl.so.2", "PD5342", "PARDSL_NCCL_LIBRARY names `/nowhere/libnccl.so.2`, and there is no such file");

    [Fact]
    public void A_file_that_is_no_library_is_told() => AssertRefused(
        typeof(NcclLibrary).Assembly.Location, "PD5342", "does not load as a library");

    [Theory]
    [InlineData("2708", "is NCCL 2.7.8, and 2.10.3 or newer is needed")]
    [InlineData("20906", "is NCCL 2.9.6, and 2.10.3 or newer is needed")]
    public void A_library_that_is_too_old_is_refused(string version, string message)
    {
        var words = NcclJob.Library(("FAKE_NCCL_VERSION", version), (NcclLibrary.OverrideVariable, FakeNccl.File));
        Assert.StartsWith("PD5343", words, StringComparison.Ordinal);
        Assert.Contains(message, words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_that_the_environment_names_goes_before_all_others() => Assert.Equal(
        $"{FakeNccl.File} 2.23.4", NcclJob.Library((NcclLibrary.OverrideVariable, FakeNccl.File)));

    [Fact]
    public void Where_there_is_no_library_it_says_what_to_install()
    {
        if (System.Runtime.InteropServices.NativeLibrary.TryLoad("libnccl.so.2", out _))
            Assert.Skip("NCCL is installed here");
        var words = NcclJob.Library((NcclLibrary.OverrideVariable, ""));
        Assert.StartsWith("PD5341 NCCL was not found", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_a_library_are_read_without_loading_it()
    {
        Assert.True(ElfNames.Contains(FakeNccl.File, "ncclGetVersion"));
        Assert.False(ElfNames.Contains(FakeNccl.File, "ncclGetVersio"));
        Assert.False(ElfNames.Contains(FakeNccl.WithoutMessages, "ncclSend"));
        Assert.True(ElfNames.Contains(Path.Combine(NativeFolders.Find().Libtorch, "libtorch_cpu.so"), "aoti_torch_abi_version"));
        Assert.False(ElfNames.Contains(typeof(NcclLibrary).Assembly.Location, "ncclGetVersion"));
        Assert.False(ElfNames.Contains("/nowhere", "ncclGetVersion"));
        Assert.False(ElfNames.Contains("/dev/null", "ncclGetVersion"));
    }

    private static void AssertRefused(string path, string code, string message)
    {
        var failure = Assert.Throws<RunFailedException>(() => NcclLibrary.Load(path));
        Assert.Equal(code, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Diagnostic.Message, StringComparison.Ordinal);
    }
}
