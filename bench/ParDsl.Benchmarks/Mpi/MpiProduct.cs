using ParDsl.Benchmarks.Comparisons;

namespace ParDsl.Benchmarks.Mpi;

/// <summary>One of the MPIs that may be installed: what its launcher and its C compiler are called.</summary>
internal sealed record MpiProduct(string Name, string Launcher, string Compiler, string Package)
{
    public static readonly MpiProduct OpenMpi = new("Open MPI", "mpirun.openmpi", "mpicc.openmpi", "openmpi-bin libopenmpi-dev");

    public static readonly MpiProduct Mpich = new("MPICH", "mpiexec.hydra", "mpicc.mpich", "mpich libmpich-dev");

    /// <exception cref="UnavailableException">It is not installed, or without its compiler.</exception>
    public void Require()
    {
        foreach (var program in (string[])[Launcher, Compiler])
        {
            if (!IsOnPath(program))
                throw new UnavailableException($"there is no {program}; get it with: apt-get install {Package}");
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
