using System.Globalization;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Who started this process, as its environment tells.</summary>
/// <param name="Words">The launcher, for messages; empty where there was none.</param>
/// <param name="Family">The family whose library fits the launcher; null where either may.</param>
/// <param name="Size">The processes that it started, or 0 where it does not say.</param>
internal sealed record MpiLauncher(string Words, MpiFamily? Family, int Size)
{
    public static readonly MpiLauncher None = new("", null, 0);

    /// <param name="variable">The environment: the value of a variable, or null.</param>
    public static MpiLauncher Of(Func<string, string?> variable)
    {
        // A launcher inside a Slurm job hands Slurm's variables on, so its own come first.
        if (variable("OMPI_COMM_WORLD_SIZE") is { } processes)
            return new("Open MPI's mpirun", MpiFamily.OpenMpi, Number(processes));
        var isSlurm = variable("SLURM_STEP_NUM_TASKS") is not null;
        if (variable("PMI_SIZE") is { } interfaceSize)
            return new(isSlurm ? "srun (PMI)" : "MPICH's mpiexec (or another Hydra)", MpiFamily.Mpich, Number(interfaceSize));
        if (variable("SLURM_STEP_NUM_TASKS") is { } tasks)
            return new("srun", null, Number(tasks));
        return variable("PMIX_RANK") is null ? None : new("a launcher with PMIx", MpiFamily.OpenMpi, 0);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
