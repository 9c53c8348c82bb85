using ParDsl.Runtime.Collectives.Jobs;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>Who started this process, as far as a library must fit it.</summary>
/// <param name="Words">The launcher, for messages; empty where there was none.</param>
/// <param name="Family">The family whose library fits the launcher; null where either may.</param>
/// <param name="Size">The processes that it started; 1 where it is alone.</param>
internal sealed record MpiLauncher(string Words, MpiFamily? Family, int Size)
{
    /// <exception cref="RunFailedException">The variables contradict themselves.</exception>
    public static MpiLauncher Of(JobVariables variables) => MpiLaunch.Find(variables) is { } launch
        ? new(launch.Launcher, FamilyOf(variables), launch.Size)
        : new("", FamilyOf(variables), 1);

    private static MpiFamily? FamilyOf(JobVariables variables)
    {
        if (variables.Has("OMPI_COMM_WORLD_SIZE"))
            return MpiFamily.OpenMpi;
        // Slurm's own PMIx says nothing of the library; those of the MPICH family mostly speak PMI.
        return variables.Has("PMI_SIZE") ? MpiFamily.Mpich : null;
    }
}
