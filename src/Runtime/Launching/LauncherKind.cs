namespace ParDsl.Runtime.Launching;

/// <summary>Whose words a launcher understands.</summary>
public enum LauncherKind
{
    /// <summary>Open MPI's mpirun.</summary>
    OpenMpi,

    /// <summary>Hydra, which MPICH and its kin bring: mpiexec.hydra.</summary>
    Hydra,
}
