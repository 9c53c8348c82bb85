using System.Collections;
using System.Collections.Immutable;
using ParDsl.Runtime.Collectives;

namespace ParDsl.Runtime.Launching;

/// <summary>What this process's environment says of jobs: whether it belongs to one, which machines a scheduler gave it, and what its ranks need of it.</summary>
public static class LaunchEnvironment
{
    private static readonly string[] AllocationVariables =
    [
        "SLURM_JOB_NODELIST", "SLURM_NODELIST", "PBS_NODEFILE", "LSB_DJOB_HOSTFILE", "LSB_HOSTS", "PE_HOSTFILE",
        "OMPI_MCA_orte_default_hostfile", "PRTE_MCA_prte_default_hostfile", "HYDRA_HOST_FILE",
    ];

    private static readonly string[] PassedOn = ["PATH", "LD_LIBRARY_PATH", "NUGET_PACKAGES", "TERM", JobLaunch.Mark];

    private static readonly string[] PassedOnPrefixes = ["PARDSL_", "DOTNET_", "NCCL_", "UCX_", "MALLOC_"];

    /// <summary>Whether this process is a rank of a job that is started already: then it never starts another one.</summary>
    /// <exception cref="RunFailedException">The launcher's variables contradict themselves.</exception>
    public static bool IsInJob => IsSet(JobLaunch.Mark) || JobEnvironment.Read(All) is not JobEnvironment.Alone;

    /// <summary>Whether a scheduler, or a default of the launcher's, says which machines there are.</summary>
    public static bool HasAllocation => AllocationVariables.Any(IsSet);

    /// <summary>The names of the variables that every rank is to have, in order.</summary>
    public static ImmutableArray<string> Variables => PassedOnOf([.. All.Keys]);

    internal static ImmutableArray<string> PassedOnOf(ImmutableArray<string> names) =>
    [
        .. names
            .Where(name => PassedOn.Contains(name)
                || PassedOnPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            .Append(JobLaunch.Mark)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <exception cref="RunFailedException">Nothing says which machines there are.</exception>
    public static void DemandAllocation(int machineCount)
    {
        if (!HasAllocation)
            throw new RunFailedException(LaunchErrors.MachinesNotNamed(machineCount));
    }

    private static Dictionary<string, string> All => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
