using System.Globalization;
using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Collectives.Jobs;

/// <summary>What a launcher's variables can say wrongly: PD5321 to PD5324. One function a mistake.</summary>
internal static class JobEnvironmentErrors
{
    private const string Torch = "PyTorch's variables are RANK, WORLD_SIZE, LOCAL_RANK, MASTER_ADDR and MASTER_PORT";

    /// <param name="present">A variable of the same launcher that is set.</param>
    public static RunFailedException Missing(string missing, string present) => Fail(
        "PD5321",
        $"{present} is set, so this process is one of a job, but {missing} is not set",
        IsTorch(missing)
            ? $"set all or none: {Torch}; to train in this process alone: `env -u {present} pardsl run ...`"
            : $"start the job with `mpirun -n N pardsl run ...`; to train in this process alone: `env -u {present} pardsl run ...`");

    public static RunFailedException NotNumber(string name, string text) => Fail(
        "PD5322",
        $"{name} is `{text}`, and a whole number from 0 was expected",
        $"set it to a number: `{name}=0`");

    public static RunFailedException RankOutside(string rankName, int rank, string sizeName, int size) => Fail(
        "PD5322",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{rankName} is {rank} and {sizeName} is {size}: {Ranks(size)}"),
        "give each process a number of its own, from 0 on");

    public static RunFailedException NoPort(int port) => Fail(
        "PD5322",
        string.Create(
            CultureInfo.InvariantCulture,
            $"rank 0 would listen at port {port} (MASTER_PORT, or the one after it under torchrun): ports go from 1 to 65535"),
        "set it to a free port: `MASTER_PORT=29500`");

    public static RunFailedException StepWithoutMpi(int task, int taskCount) => Fail(
        "PD5323",
        string.Create(
            CultureInfo.InvariantCulture,
            $"this is task {task} of {taskCount} that `srun` started without MPI's variables, ")
            + "so the tasks cannot find each other and each would train alone",
        "start them with `srun --mpi=pmix pardsl run ...` (`srun --mpi=list` says what your Slurm has), "
            + "or one task that starts the others: `srun -n 1 pardsl run ... --nodes N`");

    public static RunFailedException TwoLaunchers(JobEnvironment.Mpi mpi, JobEnvironment.Torch torch) => Fail(
        "PD5324",
        string.Create(
            CultureInfo.InvariantCulture,
            $"this process is rank {mpi.Rank} of {mpi.Size} to {mpi.Launcher}, and rank {torch.Rank} of {torch.Size} to PyTorch's variables"),
        "take one of them: `env -u RANK -u WORLD_SIZE -u LOCAL_RANK -u MASTER_ADDR -u MASTER_PORT mpirun ...`");

    private static bool IsTorch(string name) => Torch.Contains(name, StringComparison.Ordinal);

    private static string Ranks(int size) => size switch
    {
        0 => "a job has at least one process",
        1 => "the only process is rank 0",
        _ => string.Create(CultureInfo.InvariantCulture, $"the ranks of {size} processes go from 0 to {size - 1}"),
    };

    private static RunFailedException Fail(string code, string message, string help) =>
        new(new Diagnostic(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []));
}
