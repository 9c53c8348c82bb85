namespace ParDsl.Runtime.Collectives.Jobs;

/// <summary>The variables that launchers of MPI programs give each process.</summary>
internal static class MpiLaunch
{
    /// <summary>Null where no such launcher started this process.</summary>
    public static JobEnvironment.Mpi? Find(JobVariables variables) =>
        OpenMpi(variables) ?? ProcessManager(variables) ?? SlurmExchange(variables);

    private static JobEnvironment.Mpi? OpenMpi(JobVariables variables) =>
        variables.Place("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE") is { } place
            ? new(place.Rank, place.Size, variables.Number("OMPI_COMM_WORLD_LOCAL_RANK"), "mpirun of Open MPI")
            : null;

    /// <summary>PMI: MPICH's Hydra and its kin, and <c>srun --mpi=pmi2</c>.</summary>
    private static JobEnvironment.Mpi? ProcessManager(JobVariables variables)
    {
        if (variables.Place("PMI_RANK", "PMI_SIZE") is not { } place)
            return null;
        return SlurmStep.TaskCount(variables) is not null && !variables.Has("MPI_LOCALRANKID")
            ? new(place.Rank, place.Size, variables.Number("SLURM_LOCALID"), "srun (PMI)")
            : new(place.Rank, place.Size, variables.Number("MPI_LOCALRANKID"), "mpiexec (PMI)");
    }

    /// <summary><c>srun --mpi=pmix</c>: the rank is PMIx's, and only Slurm says how many there are.</summary>
    private static JobEnvironment.Mpi? SlurmExchange(JobVariables variables)
    {
        if (variables.Number("PMIX_RANK") is not { } rank)
            return null;
        var (sizeName, size) = SlurmStep.TaskCount(variables) is { } tasks
            ? (SlurmStep.TaskCountName, tasks)
            : ("SLURM_NTASKS", variables.Number("SLURM_NTASKS") ?? throw JobEnvironmentErrors.Missing("SLURM_NTASKS", "PMIX_RANK"));
        if (rank >= size)
            throw JobEnvironmentErrors.RankOutside("PMIX_RANK", rank, sizeName, size);
        // A terminal of `srun --pty`, or of `salloc`, is a step of one task: mpirun can be called from it.
        return size == 1 ? null : new(rank, size, variables.Number("SLURM_LOCALID"), "srun (PMIx)");
    }
}
