using ParDsl.Runtime.Collectives.Jobs;
using ParDsl.Runtime.Collectives.Mpi;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Mpi;

public sealed class MpiLibraryTests
{
    [Theory]
    [InlineData("/no/such/libmpi.so", "PD5302", "No such file")]
    [InlineData("/etc/hostname", "PD5302", "/etc/hostname")]
    [InlineData("libm.so.6", "PD5303", "MPI_Init_thread")]
    public void A_library_that_is_no_MPI_is_one_diagnostic(string path, string code, string words)
    {
        var failure = Assert.Throws<RunFailedException>(() => MpiLibrary.Load(Alone, path));
        Assert.Equal(code, failure.Diagnostic.Code);
        Assert.Contains(words, failure.Diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_no_MPI_the_packages_are_named()
    {
        var diagnostic = MpiErrors.NoLibrary(MpiLibraryNames.Plain);
        Assert.Equal("PD5301", diagnostic.Code);
        Assert.Contains("libmpi.so.40, libmpi.so.41, libmpi.so.12, libmpich.so.12", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install openmpi-bin", diagnostic.Help, StringComparison.Ordinal);
        Assert.Contains("dnf install openmpi", diagnostic.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void An_MPI_without_threads_is_told_with_its_level()
    {
        var diagnostic = MpiErrors.ThreadsNotProvided("MPICH 4.0.2", 1);
        Assert.Equal("PD5305", diagnostic.Code);
        Assert.StartsWith("MPICH 4.0.2 provides MPI_THREAD_FUNNELED", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_beyond_the_largest_one_is_told_with_both()
    {
        var diagnostic = MpiErrors.TagTooLarge(40_000, 32_767, "MPICH 4.0.2");
        Assert.Equal("PD5307", diagnostic.Code);
        Assert.Contains("40000", diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("32767", diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=4 PMIX_RANK=0", "OpenMpi", 4)]
    [InlineData("PMI_RANK=1 PMI_SIZE=2", "Mpich", 2)]
    [InlineData("PMIX_RANK=1 SLURM_STEP_NUM_TASKS=8", null, 8)]
    [InlineData("SLURM_NTASKS=8", null, 1)]
    [InlineData("", null, 1)]
    public void The_launcher_says_which_library_fits(string variables, string? family, int size)
    {
        var read = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var launcher = MpiLauncher.Of(new JobVariables(read));
        Assert.Equal(family, launcher.Family?.ToString());
        Assert.Equal(size, launcher.Size);
    }

    [Theory]
    [InlineData("Open MPI v4.1.4, package: Debian OpenMPI, ident: 4.1.4, repo rev: v4.1.4, May 26, 2022", "Open MPI v4.1.4")]
    [InlineData("MPICH Version:\t4.0.2\nMPICH Release date:\tThu Apr  7 12:34:45 CDT 2022\n", "MPICH 4.0.2")]
    [InlineData("Intel(R) MPI Library 2021.10 for Linux* OS\n\0", "Intel(R) MPI Library 2021.10 for Linux* OS")]
    [InlineData("MVAPICH2 Version      :\t2.3.7\nMVAPICH2 Release date : Wed March 02", "MVAPICH2 2.3.7")]
    public void A_version_is_as_short_as_people_say_it(string text, string version) =>
        Assert.Equal(version, MpiLibraryNames.ShortVersion(text));

    private static MpiLauncher Alone => MpiLauncher.Of(new JobVariables(new Dictionary<string, string>()));
}
