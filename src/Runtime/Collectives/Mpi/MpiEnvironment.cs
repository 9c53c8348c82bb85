using System.Collections;
using ParDsl.Runtime.Collectives.Jobs;

namespace ParDsl.Runtime.Collectives.Mpi;

/// <summary>What an MPI reads from the environment when it is loaded, set for a .NET process; what is set already stands.</summary>
internal static class MpiEnvironment
{
    public static JobVariables Variables() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal));

    /// <summary>Before the library is loaded: UCX reads its variables then.</summary>
    public static void Prepare()
    {
        // UCX would take SIGSEGV for a crash, which .NET turns into a NullReferenceException.
        DynamicLoader.SetDefault("UCX_ERROR_SIGNALS", "");
        // The same of Intel's networks.
        DynamicLoader.SetDefault("IPATH_NO_BACKTRACE", "1");
        DynamicLoader.SetDefault("HFI_NO_BACKTRACE", "1");
        // A rank that waits inside Open MPI lets others have its core: they, or its own second thread, may have work.
        DynamicLoader.SetDefault("OMPI_MCA_mpi_yield_when_idle", "1");
    }
}
