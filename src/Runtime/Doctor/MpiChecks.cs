using System.Collections.Immutable;

namespace ParDsl.Runtime.Doctor;

/// <summary>The machine's MPI, which only runs over many processes need.</summary>
internal static class MpiChecks
{
    private const string Topic = "MPI";
    private const string Install = "install one with its launcher: `apt-get install openmpi-bin libopenmpi-dev`";

    public static ImmutableArray<DoctorFinding> Run()
    {
        var library = ProgramSearch.Library("libmpi.so*") ?? ProgramSearch.Library("libmpich.so*");
        var launcher = ProgramSearch.Program("mpirun") ?? ProgramSearch.Program("mpiexec");
        return [Judge(library, launcher, launcher is null ? null : ProgramAnswer.Of(launcher, "--version"))];
    }

    internal static DoctorFinding Judge(string? library, string? launcher, ProgramAnswer? answer) =>
        (library, launcher, answer) switch
        {
            (null, null, _) => DoctorFinding.Ok(Topic, "none; one machine needs none"),
            (_, null, _) => DoctorFinding.Warning(Topic, $"{library}, and no mpirun on PATH", Install),
            (null, _, _) => DoctorFinding.Warning(Topic, $"{launcher}, and no libmpi.so where libraries lie", Install),
            (_, _, { Exit: 0 }) => DoctorFinding.Ok(Topic, $"{Product(answer)} ({launcher}, {library})"),
            _ => DoctorFinding.Warning(Topic, $"{launcher} --version does not answer", "run it by hand to see why"),
        };

    /// <summary>Open MPI says all in one line; MPICH's launcher, called Hydra, names its version further down.</summary>
    private static string Product(ProgramAnswer answer)
    {
        if (!answer.Output.Contains("HYDRA", StringComparison.OrdinalIgnoreCase))
            return answer.FirstLine;
        var version = answer.Output.Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.StartsWith("Version:", StringComparison.Ordinal), "Version:");
        return $"MPICH {version["Version:".Length..].Trim()}".TrimEnd();
    }
}
