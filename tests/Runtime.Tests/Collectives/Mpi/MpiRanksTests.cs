using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Mpi;

/// <summary>Real jobs: what holds on every rank is checked by tests/MpiRanks itself.</summary>
public sealed class MpiRanksTests
{
    private static readonly string[] Checks = ["operations", "large", "pieces", "bits", "groups", "messages", "meeting", "mistakes"];

    public static TheoryData<string, int, string> Jobs()
    {
        var jobs = new TheoryData<string, int, string>();
        foreach (var launcher in (string[])[MpiLaunchers.OpenMpi, MpiLaunchers.Mpich])
        {
            foreach (var rankCount in (int[])[2, 4])
            {
                foreach (var check in Checks)
                    jobs.Add(launcher, rankCount, check);
            }
        }

        return jobs;
    }

    [Theory]
    [MemberData(nameof(Jobs))]
    public void A_job_of_processes_does_what_threads_do(string launcher, int rankCount, string check)
    {
        MpiLaunchers.Require(launcher);
        var result = MpiLaunchers.Run(launcher, rankCount, check);
        Assert.True(result.Exit == 0, $"exit {result.Exit}\n{result.Output}\n{result.Error}");
        Assert.Contains($" checks on {rankCount} ranks of {Product(launcher)}", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MpiLaunchers.OpenMpi, "libmpich.so.12")]
    [InlineData(MpiLaunchers.Mpich, "libmpi.so.40")]
    public void A_launcher_and_a_library_of_different_MPIs_are_told_apart(string launcher, string library)
    {
        MpiLaunchers.Require(MpiLaunchers.OpenMpi);
        MpiLaunchers.Require(MpiLaunchers.Mpich);
        var result = MpiLaunchers.Run(launcher, 2, "meeting", ("PARDSL_MPI_LIBRARY", library));
        Assert.NotEqual(0, result.Exit);
        Assert.Contains("error PD5304: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("started 2 processes, but", result.Error, StringComparison.Ordinal);
    }

    private static string Product(string launcher) => launcher == MpiLaunchers.OpenMpi ? "Open MPI v" : "MPICH ";
}
