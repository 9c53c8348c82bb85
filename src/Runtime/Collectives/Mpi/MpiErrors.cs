using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>What can be wrong with the machine's MPI: PD5301 to PD5319.</summary>
internal static class MpiErrors
{
    private const string Packages =
        "Debian and Ubuntu: `apt-get install openmpi-bin` or `mpich`; RHEL and CentOS Stream: `dnf install openmpi` or "
            + "`mpich`, then `module load mpi/openmpi-x86_64`";

    public static Diagnostic NoLibrary(IEnumerable<string> names) => Error(
        "PD5301",
        $"no MPI is installed here: none of {string.Join(", ", names)} is found",
        $"{Packages}; or set {MpiLibrary.OverrideVariable} to the library's path");

    public static Diagnostic LibraryDoesNotLoad(string path, string loaderWords) => Error(
        "PD5302",
        $"the MPI library `{path}` does not load: {loaderWords}",
        $"set {MpiLibrary.OverrideVariable} to the path of a library that loads, or take the variable away");

    public static Diagnostic NotAnMpi(string path, string finding) => Error(
        "PD5303",
        $"`{path}` is no MPI that is known here: {finding}",
        "Open MPI 4 or 5, MPICH 3.1 or newer, Intel MPI and MVAPICH fit; "
            + $"{MpiLibrary.OverrideVariable} names one where several are installed");

    /// <summary>The classic mistake: started with one MPI's launcher, loaded another's library.</summary>
    public static Diagnostic LauncherDoesNotFit(MpiLauncher launcher, string library, string version, int size) => Error(
        "PD5304",
        $"{launcher.Words} started {launcher.Size} processes, but {version} (`{library}`) sees {size} in this one",
        launcher.Family == MpiFamily.Mpich
            ? $"start with the launcher of {version}, or set {MpiLibrary.OverrideVariable} to MPICH's library"
            : $"start with the launcher of {version}, or set {MpiLibrary.OverrideVariable} to the library of the launcher's own MPI");

    public static Diagnostic ThreadsNotProvided(string version, int provided) => Error(
        "PD5305",
        $"{version} provides {ThreadLevel(provided)}, and MPI_THREAD_MULTIPLE is needed: "
            + "sums go on in the background while a rank computes",
        "install an MPI that is built with threads (those of Debian, Ubuntu and RHEL are)");

    public static Diagnostic CallFailed(string function, string words) => Error(
        "PD5306",
        $"{function} failed: {words}",
        "where another process of the job has ended, its own message tells why; "
            + "else see what the network between the machines allows");

    public static Diagnostic TagTooLarge(int tag, int largest, string version) => Error(
        "PD5307",
        $"a message between stages has the number {tag}, but {version} counts to {largest} over this network",
        "write fewer micro-batches, or choose another network of this MPI (its MPI_TAG_UB says how far it counts)");

    public static Diagnostic CallsDiffer(string own) => Error(
        "PD5308",
        $"the processes of a group do not call the same: this one has {own}, another one has something else",
        "start all processes with the same spec, arguments and version of ParDsl");

    private static string ThreadLevel(int level) => level switch
    {
        0 => "MPI_THREAD_SINGLE",
        1 => "MPI_THREAD_FUNNELED",
        2 => "MPI_THREAD_SERIALIZED",
        _ => $"the thread level {level}",
    };

    private static Diagnostic Error(string code, string message, string help) =>
        new(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []);
}
