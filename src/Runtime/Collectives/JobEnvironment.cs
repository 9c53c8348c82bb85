using ParDsl.Runtime.Collectives.Jobs;

namespace ParDsl.Runtime.Collectives;

/// <summary>How this process was started, as the variables of its environment tell: alone, or as one of a job's.</summary>
/// <remarks>
/// A terminal or a batch script inside an allocation of Slurm is alone: only what <c>srun</c> starts more than once is a job.
/// </remarks>
public abstract record JobEnvironment
{
    private JobEnvironment()
    {
    }

    /// <summary>No launcher started it: it is the whole job.</summary>
    public sealed record Alone : JobEnvironment;

    /// <summary>A launcher started it that wires MPI programs.</summary>
    /// <param name="LocalRank">Its number among the job's processes on its machine; null where the launcher says none.</param>
    /// <param name="Launcher">In words.</param>
    public sealed record Mpi(int Rank, int Size, int? LocalRank, string Launcher) : JobEnvironment;

    /// <summary>Something started it with the variables that PyTorch's <c>init_method="env://"</c> reads.</summary>
    /// <param name="Address">Where rank 0 listens.</param>
    /// <param name="Port">
    /// The port there: MASTER_PORT, and one more under <c>torchrun</c>, which listens at MASTER_PORT itself.
    /// </param>
    public sealed record Torch(int Rank, int Size, int LocalRank, string Address, int Port) : JobEnvironment;

    /// <param name="variables">The variables of the environment.</param>
    /// <exception cref="RunFailedException">They are a launcher's, and contradict themselves or are not all there.</exception>
    public static JobEnvironment Read(IReadOnlyDictionary<string, string> variables)
    {
        var read = new JobVariables(variables);
        var mpi = MpiLaunch.Find(read);
        // Many write MASTER_ADDR and MASTER_PORT into a script for mpirun: under a launcher of MPI, a part says nothing.
        var torch = mpi is null || TorchLaunch.IsComplete(read) ? TorchLaunch.Find(read) : null;
        return (mpi, torch) switch
        {
            (null, null) => SlurmStep.RequireAlone(read),
            ({ } only, null) => only,
            (null, { } only) => only,
            // torchrun starts processes of its own on each machine, be it itself under mpirun or srun.
            ({ }, { } inner) when TorchLaunch.IsTorchrun(read) => inner,
            ({ } same, { } other) when same.Rank == other.Rank && same.Size == other.Size => same,
            ({ } one, { } other) => throw JobEnvironmentErrors.TwoLaunchers(one, other),
        };
    }
}
