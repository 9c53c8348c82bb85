using System.Diagnostics;
using System.Globalization;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Runtime.Tests.Collectives.Mpi;

/// <summary>Starts tests/MpiRanks under the launchers of the MPIs that are installed here, each run bounded in time.</summary>
internal static class MpiLaunchers
{
    public const string OpenMpi = "mpirun.openmpi";
    public const string Mpich = "mpiexec.hydra";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private static string Program => Path.Combine(Golden.Root, "artifacts", "bin", "ParDsl.MpiRanks", "release", "ParDsl.MpiRanks.dll");

    /// <summary>Whether the launcher is here; else the test is skipped.</summary>
    public static void Require(string launcher)
    {
        if (!IsInstalled(launcher))
            Assert.Skip($"{launcher} is not installed: apt-get install openmpi-bin mpich");
    }

    /// <summary>Runs one kind of check on so many ranks.</summary>
    /// <param name="variables">Of the environment, beside this process's own.</param>
    public static LaunchResult Run(string launcher, int rankCount, string check, params (string Name, string Value)[] variables)
    {
        var start = Describe(launcher, rankCount, check);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(Patience))
            return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"{check} on {rankCount} ranks of {launcher} did not end within {Patience}");
    }

    private static ProcessStartInfo Describe(string launcher, int rankCount, string check)
    {
        // Ranks of a test share the cores of whatever machine it is, and may not be bound to the same one.
        string[] sharing = launcher == OpenMpi ? ["--oversubscribe", "--bind-to", "none"] : [];
        var count = rankCount.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(launcher, [.. sharing, "-n", count, "dotnet", Program, check])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // In a container, tests run as root.
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1";
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return start;
    }

    private static bool IsInstalled(string launcher) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, launcher)));
}
