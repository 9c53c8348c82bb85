using ParDsl.Runtime.Collectives;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives;

public sealed class JobEnvironmentTests
{
    private const string Torch = "RANK=1 WORLD_SIZE=4 LOCAL_RANK=1 MASTER_ADDR=node1 MASTER_PORT=29500";

    [Theory]
    [InlineData("")]
    [InlineData("PATH=/bin HOME=/root")]
    [InlineData("RANK= WORLD_SIZE=")] // set to nothing
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=8")] // a terminal inside an salloc
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_LOCALID=0")] // a batch script
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1")] // srun -n 1
    [InlineData("SLURM_JOB_ID=7 SLURM_NTASKS=8 SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 PMIX_RANK=0")] // salloc's interactive step
    public void A_process_that_no_launcher_started_is_alone(string variables) =>
        Assert.Equal(new JobEnvironment.Alone(), Read(variables));

    [Theory]
    [InlineData(
        "OMPI_COMM_WORLD_RANK=2 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=0 PMIX_RANK=2", 2, 4, 0, "mpirun of Open MPI")]
    [InlineData("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1", 0, 1, null, "mpirun of Open MPI")]
    [InlineData("PMI_RANK=3 PMI_SIZE=4 MPI_LOCALRANKID=1", 3, 4, 1, "mpiexec (PMI)")]
    [InlineData("PMI_RANK=3 PMI_SIZE=4 MPI_LOCALRANKID=1 SLURM_STEP_NUM_TASKS=2", 3, 4, 1, "mpiexec (PMI)")]
    [InlineData("PMI_RANK=3 PMI_SIZE=4 SLURM_STEP_NUM_TASKS=4 SLURM_LOCALID=1 SLURM_PROCID=3", 3, 4, 1, "srun (PMI)")]
    [InlineData("PMIX_RANK=1 SLURM_NTASKS=8 SLURM_STEP_NUM_TASKS=2 SLURM_LOCALID=0", 1, 2, 0, "srun (PMIx)")]
    [InlineData("PMIX_RANK=1 SLURM_NTASKS=8", 1, 8, null, "srun (PMIx)")]
    public void A_launcher_of_MPI_says_rank_and_size(string variables, int rank, int size, int? localRank, string launcher) =>
        Assert.Equal(new JobEnvironment.Mpi(rank, size, localRank, launcher), Read(variables));

    [Theory]
    [InlineData(Torch, 29500)]
    [InlineData(Torch + " TORCHELASTIC_RUN_ID=x TORCHELASTIC_USE_AGENT_STORE=False", 29500)]
    [InlineData(Torch + " TORCHELASTIC_RUN_ID=x TORCHELASTIC_USE_AGENT_STORE=True", 29501)]
    [InlineData(Torch + " SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=4", 29500)]
    [InlineData(Torch + " SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=2 PMIX_RANK=1 TORCHELASTIC_RUN_ID=x", 29500)]
    public void Pytorchs_variables_say_where_rank_0_listens(string variables, int port) =>
        Assert.Equal(new JobEnvironment.Torch(1, 4, 1, "node1", port), Read(variables));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 MASTER_ADDR=node1 MASTER_PORT=29500")]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 " + Torch)]
    public void A_launcher_of_MPI_goes_before_variables_that_say_the_same_or_less(string variables) =>
        Assert.Equal(new JobEnvironment.Mpi(1, 4, null, "mpirun of Open MPI"), Read(variables));

    [Theory]
    [InlineData("RANK=1 WORLD_SIZE=4 MASTER_ADDR=node1 MASTER_PORT=29500", "LOCAL_RANK is not set")]
    [InlineData("MASTER_ADDR=node1 MASTER_PORT=29500", "RANK is not set")]
    [InlineData("RANK=1 WORLD_SIZE=4 LOCAL_RANK=0 MASTER_ADDR=node1", "MASTER_PORT is not set")]
    [InlineData("OMPI_COMM_WORLD_RANK=1", "OMPI_COMM_WORLD_SIZE is not set")]
    [InlineData("PMI_SIZE=4", "PMI_RANK is not set")]
    [InlineData("PMIX_RANK=0", "SLURM_NTASKS is not set")]
    public void Half_of_a_launchers_variables_are_a_mistake(string variables, string message) =>
        AssertRefused(variables, "PD5321", message);

    [Theory]
    [InlineData("RANK=one WORLD_SIZE=4 LOCAL_RANK=1 MASTER_ADDR=node1 MASTER_PORT=29500", "RANK is `one`")]
    [InlineData("RANK=-1 WORLD_SIZE=4 LOCAL_RANK=1 MASTER_ADDR=node1 MASTER_PORT=29500", "RANK is `-1`")]
    [InlineData("RANK=4 WORLD_SIZE=4 LOCAL_RANK=1 MASTER_ADDR=node1 MASTER_PORT=29500", "go from 0 to 3")]
    [InlineData("RANK=0 WORLD_SIZE=0 LOCAL_RANK=0 MASTER_ADDR=node1 MASTER_PORT=29500", "at least one process")]
    [InlineData("RANK=0 WORLD_SIZE=4 LOCAL_RANK=9 MASTER_ADDR=node1 MASTER_PORT=29500", "LOCAL_RANK is 9")]
    [InlineData("RANK=0 WORLD_SIZE=4 LOCAL_RANK=0 MASTER_ADDR=node1 MASTER_PORT=0", "port 0")]
    [InlineData("RANK=0 WORLD_SIZE=4 LOCAL_RANK=0 MASTER_ADDR=node1 MASTER_PORT=65536", "port 65536")]
    [InlineData(Torch + " MASTER_PORT=99999999999", "MASTER_PORT is `99999999999`")]
    [InlineData("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=1", "the only process is rank 0")]
    [InlineData("PMIX_RANK=2 SLURM_STEP_NUM_TASKS=2", "PMIX_RANK is 2 and SLURM_STEP_NUM_TASKS is 2")]
    public void A_value_that_is_no_rank_size_or_port_is_a_mistake(string variables, string message) =>
        AssertRefused(variables, "PD5322", message);

    [Fact]
    public void Tasks_that_srun_started_without_MPI_would_each_train_alone() =>
        AssertRefused("SLURM_JOB_ID=7 SLURM_NTASKS=4 SLURM_PROCID=2 SLURM_STEP_NUM_TASKS=4", "PD5323", "task 2 of 4");

    [Fact]
    public void Two_launchers_that_contradict_each_other_are_a_mistake() =>
        AssertRefused("OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2 " + Torch, "PD5324", "rank 0 of 2 to mpirun of Open MPI");

    private static void AssertRefused(string variables, string code, string message)
    {
        var failure = Assert.Throws<RunFailedException>(() => Read(variables));
        Assert.Equal(code, failure.Diagnostic.Code);
        Assert.Contains(message, failure.Diagnostic.Message, StringComparison.Ordinal);
    }

    private static JobEnvironment Read(string variables)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = variable.Split('=', 2);
            read[parts[0]] = parts[1];
        }

        return JobEnvironment.Read(read);
    }
}
