using ParDsl.Runtime.Doctor;

namespace ParDsl.Runtime.Launching;

/// <summary>Finds the launcher that starts a job's processes, and asks it whose it is.</summary>
public static class LauncherSearch
{
    private static readonly string[] Names = ["mpirun", "mpiexec", "mpiexec.hydra", "mpirun.openmpi"];

    /// <summary>What `--launcher` names, a program on PATH or a path; else the first launcher on PATH.</summary>
    /// <exception cref="RunFailedException">There is none, or it is none that is known.</exception>
    public static Launcher Find(string? named)
    {
        var path = named is null
            ? Names.Select(ProgramSearch.Program).FirstOrDefault(found => found is not null)
                ?? throw new RunFailedException(LaunchErrors.NoLauncher())
            : Named(named) ?? throw new RunFailedException(LaunchErrors.NoSuchLauncher(named));
        return Of(path, ProgramAnswer.Of(path, "--version"));
    }

    internal static Launcher Of(string path, ProgramAnswer answer)
    {
        if (answer.Exit != 0)
            throw new RunFailedException(LaunchErrors.LauncherDoesNotAnswer(path));
        var isHydra = answer.Output.Contains("HYDRA", StringComparison.OrdinalIgnoreCase);
        var isOpenMpi = answer.FirstLine.Contains("Open MPI", StringComparison.Ordinal)
            || answer.FirstLine.Contains("OpenRTE", StringComparison.Ordinal);
        if (!isHydra && !isOpenMpi)
            throw new RunFailedException(LaunchErrors.UnknownLauncher(path, answer.FirstLine));
        return isHydra
            ? new Launcher(path, LauncherKind.Hydra, HydraVersion(answer.Output))
            : new Launcher(path, LauncherKind.OpenMpi, answer.FirstLine.Split(' ')[^1]);
    }

    private static string HydraVersion(string output)
    {
        const string Title = "Version:";
        return output.Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith(Title, StringComparison.Ordinal))
            .Select(line => line[Title.Length..].Trim())
            .FirstOrDefault("");
    }

    private static string? Named(string named) => named.Contains('/', StringComparison.Ordinal)
        ? File.Exists(named) ? Path.GetFullPath(named) : null
        : ProgramSearch.Program(named);
}
