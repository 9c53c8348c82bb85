using System.Collections;
using System.Collections.Immutable;
using ParDsl.Compiler.Plans;

namespace ParDsl.Runtime.Launching;

/// <summary>What this process's environment says of a job that it is to start: whether a scheduler gave it machines, and what the ranks need of it.</summary>
public static class LaunchEnvironment
{
    private static readonly string[] AllocationVariables =
    [
        "SLURM_JOB_NODELIST", "SLURM_NODELIST", "PBS_NODEFILE", "LSB_DJOB_HOSTFILE", "LSB_HOSTS", "PE_HOSTFILE",
        "OMPI_MCA_orte_default_hostfile", "PRTE_MCA_prte_default_hostfile", "HYDRA_HOST_FILE",
    ];

    private static readonly string[] NodeFileVariables = ["PBS_NODEFILE", "LSB_DJOB_HOSTFILE"];

    private static readonly string[] PassedOn = ["PATH", "LD_LIBRARY_PATH", "NUGET_PACKAGES", "TERM", JobLaunch.Mark];

    private static readonly string[] PassedOnPrefixes = ["PARDSL_", "DOTNET_", "NCCL_", "UCX_", "MALLOC_"];

    /// <summary>Whether a scheduler, or a default of the launcher's, says which machines there are.</summary>
    public static bool HasAllocation => AllocationVariables.Any(IsSet);

    /// <summary>The scheduler's list of machines, as PBS or LSF gives it; null where there is none.</summary>
    public static string? NodeFile => NodeFileVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(File.Exists);

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

    /// <exception cref="RunFailedException">The plan is for several machines, and this process starts no other.</exception>
    public static void DemandOneMachine(ExecutionPlan plan)
    {
        if (plan.Hardware.MachineCount > 1)
            throw new RunFailedException(LaunchErrors.ScriptOnMachines(plan.Hardware.MachineCount));
    }

    /// <summary>A process of a job never starts another one, whatever its launcher gave it.</summary>
    /// <exception cref="RunFailedException">This process was started as one of a job, and its launcher gave it no rank.</exception>
    public static void DemandStarter()
    {
        if (IsSet(JobLaunch.Mark))
            throw new RunFailedException(LaunchErrors.StartedWithoutRank());
    }

    private static Dictionary<string, string> All => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
