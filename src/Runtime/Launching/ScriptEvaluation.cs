using System.Diagnostics;
using ParDsl.Runtime.Doctor;

namespace ParDsl.Runtime.Launching;

/// <summary>
/// An F# script comes in, the program that it would train goes out, as a spec's text: <c>dotnet fsi</c> evaluates the script, and
/// its first training hands the program over in place of training it.
/// </summary>
public static class ScriptEvaluation
{
    /// <summary>Names the file that the script's process writes its program to.</summary>
    public const string Variable = "PARDSL_HANDS_OVER_TO";

    /// <returns>Null where the script is wrong, which it has said on standard error.</returns>
    /// <exception cref="RunFailedException">There is no F# here, or the script trains nothing.</exception>
    public static string? Evaluate(string path)
    {
        var dotnet = ProgramSearch.Program("dotnet") ?? throw new RunFailedException(ScriptErrors.NoFSharp(path));
        var handed = Path.Combine(Path.GetTempPath(), $"pardsl-{Guid.NewGuid():N}.pd");
        try
        {
            var exit = Run(dotnet, path, handed);
            if (File.Exists(handed))
                return File.ReadAllText(handed);
            return exit == 0 ? throw new RunFailedException(ScriptErrors.NothingTrained(path)) : null;
        }
        finally
        {
            File.Delete(handed);
        }
    }

    /// <summary>What the script prints goes to standard error: standard output is the run's.</summary>
    private static int Run(string dotnet, string path, string handed)
    {
        var start = new ProcessStartInfo(dotnet, ["fsi", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = handed;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        while (process.StandardOutput.ReadLine() is { } line)
            Console.Error.WriteLine(line);
        process.WaitForExit();
        return process.ExitCode;
    }
}
