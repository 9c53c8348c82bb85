using ParDsl.Runtime.Collectives;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives;

/// <summary>Of all processes that a launcher started, one is the first, and on each machine one the first there.</summary>
public sealed class LauncherPlaceTests
{
    [Theory]
    [InlineData("", 0, null)]
    [InlineData("OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_LOCAL_RANK=1 PMIX_RANK=3", 3, 1)]
    [InlineData("PMI_RANK=2 PMI_SIZE=4 MPI_LOCALRANKID=0", 2, 0)]
    [InlineData("PMIX_RANK=1 SLURM_PROCID=1 SLURM_LOCALID=1", 1, 1)]
    [InlineData("RANK=5 LOCAL_RANK=1 WORLD_SIZE=8 MASTER_ADDR=a MASTER_PORT=9", 5, 1)]
    [InlineData("RANK=5 LOCAL_RANK=1 WORLD_SIZE=8 MASTER_ADDR=a MASTER_PORT=9 PMIX_RANK=1 SLURM_PROCID=1", 5, 1)] // torchrun, once a machine by srun
    [InlineData("RANK=5 LOCAL_RANK=1", 0, null)] // somebody's own variables
    [InlineData("RANK=0 WORLD_SIZE=8 PMI_RANK=3 MPI_LOCALRANKID=1", 3, 1)]
    [InlineData("RANK=last WORLD_SIZE=8 LOCAL_RANK=0 MASTER_ADDR=a MASTER_PORT=9", 0, 0)]
    public void A_launcher_says_it_in_its_own_words(string variables, int rank, int? rankOnMachine)
    {
        var read = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(variable => variable.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        Assert.Equal(new LauncherPlace(rank, rankOnMachine), LauncherPlace.Of(read));
    }
}
