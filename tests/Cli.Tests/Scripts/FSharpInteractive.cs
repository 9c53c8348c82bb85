using System.Diagnostics;
using ParDsl.Goldens;

namespace ParDsl.Cli.Tests.Scripts;

/// <summary>The real <c>dotnet fsi</c> on a script or, as at the prompt, on lines of input.</summary>
public static class FSharpInteractive
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static ProgramResult Run(string folder, string script) => RunWithInput(folder, "", script);

    /// <summary>The prompt, which <c>#quit</c> ends.</summary>
    public static ProgramResult Prompt(string folder, string input) => RunWithInput(folder, input);

    /// <summary>A script on a machine whose calibration is a file.</summary>
    public static ProgramResult RunCalibrated(string folder, string script, string calibration) =>
        Run(folder, calibration, "", script);

    private static ProgramResult RunWithInput(string folder, string input, params string[] arguments) =>
        Run(folder, Path.Combine(folder, "no-calibration.json"), input, arguments);

    private static ProgramResult Run(string folder, string calibration, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["fsi", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What was measured of this machine, or is stale, would be in what tests compare.
        start.Environment["PARDSL_CALIBRATION"] = calibration;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the process did not start");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return Pardsl.Finish(process, Patience);
    }

    /// <summary>The line that every script starts with, from a folder elsewhere.</summary>
    public static string Load => $"#load \"{Path.Combine(Golden.Root, "pardsl.fsx")}\"";
}
