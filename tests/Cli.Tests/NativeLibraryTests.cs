using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>A native library that does not load gives the loader's own words, and `doctor` finds it.</summary>
public sealed class NativeLibraryTests : IDisposable
{
    private readonly Scratch scratch = new();

    public NativeLibraryTests() => scratch.Write("a.pd", Specs.Synthetic("epochs 1"));

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_libtorch_that_is_none_gives_the_loaders_words()
    {
        scratch.Write("libtorch_cpu.so", "no library");
        var result = Pardsl.RunWithVariable(scratch.Folder, "PARDSL_LIBTORCH", scratch.Folder, "run", "a.pd");
        Assert.True(result.Exit == 3, result.ToString());
        Assert.StartsWith("error PD5191: ", result.Error[result.Error.IndexOf("error", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains("cannot open shared object file", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("package", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(scratch.At("runs")));

        var doctor = Pardsl.RunWithVariable(scratch.Folder, "PARDSL_LIBTORCH", scratch.Folder, "doctor");
        Assert.True(doctor.Exit == 3, doctor.ToString());
        Assert.Contains("problem", doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_told()
    {
        scratch.Write("file", "");
        var result = Pardsl.RunWithVariable(scratch.Folder, "XDG_CACHE_HOME", scratch.At("file"), "run", "a.pd");
        if (result.Exit == 0)
            Assert.Skip("this system's libstdc++ is new enough: TorchSharp's library needs no copy in the cache");
        Assert.Equal(3, result.Exit);
        Assert.Contains("error PD5192: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_and_plan_load_no_libtorch()
    {
        scratch.Write("libtorch_cpu.so", "no library");
        Assert.Equal(0, Pardsl.RunWithVariable(scratch.Folder, "PARDSL_LIBTORCH", scratch.Folder, "check", "a.pd").Exit);
        Assert.Equal(0, Pardsl.RunWithVariable(scratch.Folder, "PARDSL_LIBTORCH", scratch.Folder, "plan", "a.pd").Exit);
    }

    [Fact]
    public void Doctor_names_what_a_run_needs()
    {
        var doctor = Pardsl.Run(scratch.Folder, "doctor");
        Assert.True(doctor.Exit == 0, doctor.ToString());
        Assert.All(
            (string[])[".NET SDK", "TorchSharp", "libtorch", "GLIBCXX_", "GPUs", "MPI", "disk"],
            topic => Assert.Contains(topic, doctor.Output, StringComparison.Ordinal));
        Assert.DoesNotContain(" \n", doctor.Output, StringComparison.Ordinal);
    }
}
