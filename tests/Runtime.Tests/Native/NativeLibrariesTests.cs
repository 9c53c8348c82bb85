using ParDsl.Runtime.Native;
using TorchSharp;
using Xunit;

namespace ParDsl.Runtime.Tests.Native;

public sealed class NativeLibrariesTests
{
    [Fact]
    public void Libtorch_loads_in_tests_and_computes()
    {
        NativeLibraries.Load();
        using var ones = torch.ones(2, 3);
        using var sum = ones.sum();
        Assert.Equal(6.0f, sum.ToSingle());
    }

    [Fact]
    public void Loading_again_from_many_threads_gives_the_same_folders()
    {
        var first = NativeLibraries.Load();
        Parallel.For(0, 8, _ => Assert.Same(first, NativeLibraries.Load()));
    }

    [Fact]
    public void The_folders_hold_the_version_that_the_bridge_was_built_against() =>
        Assert.Contains(NativeFolders.LibtorchVersion, NativeLibraries.Load().Libtorch, StringComparison.Ordinal);
}
