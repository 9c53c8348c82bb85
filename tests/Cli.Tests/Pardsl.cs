using System.Diagnostics;
using System.Globalization;
using ParDsl.Goldens;
using Xunit;

namespace ParDsl.Cli.Tests;

/// <summary>
/// The program that users start, as <c>./pardsl</c> built it, in a process of its own with a bound on its time. Nothing in
/// these tests calls the command line in any other way.
/// </summary>
public static class Pardsl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static string Program { get; } = Path.Combine(Golden.Root, "artifacts", "pardsl", "pardsl");

    /// <summary>Runs <c>pardsl</c> in a folder and waits for its end.</summary>
    public static ProgramResult Run(string folder, params string[] arguments) => Run(folder, Patience, arguments);

    public static ProgramResult Run(string folder, TimeSpan patience, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Close();
        return Finish(process, patience);
    }

    public static ProgramResult RunWithInput(string folder, string input, params string[] arguments)
    {
        using var process = Start(folder, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return Finish(process, Patience);
    }

    /// <summary>The same with one variable of the environment set.</summary>
    public static ProgramResult RunWithVariable(string folder, string name, string value, params string[] arguments)
    {
        using var process = StartWithVariable(folder, name, value, arguments);
        process.StandardInput.Close();
        return Finish(process, Patience);
    }

    public static Process StartWithVariable(string folder, string name, string value, params string[] arguments)
    {
        var start = Describe(folder, arguments);
        start.Environment[name] = value;
        return Start(start);
    }

    public static Process Start(string folder, params string[] arguments)
    {
        Assert.True(File.Exists(Program), $"{Program} is not built: run ./pardsl --version, or ./test, which does");
        return Start(Describe(folder, arguments));
    }

    /// <summary>Reads one of a process's outputs up to a line with these words, which must come.</summary>
    public static void WaitFor(string words, StreamReader output)
    {
        string? line;
        do
        {
            line = output.ReadLine();
            Assert.NotNull(line);
        }
        while (!line.Contains(words, StringComparison.Ordinal));
    }

    /// <param name="signal">As `kill` calls it: INT, TERM.</param>
    public static void Send(string signal, Process process)
    {
        using var kill = Process.Start("kill", ["-" + signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    private static Process Start(ProcessStartInfo start) =>
        Process.Start(start) ?? throw new InvalidOperationException("the process did not start");

    private static ProcessStartInfo Describe(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What was measured of this machine would be in the plans that tests compare.
        start.Environment["PARDSL_CALIBRATION"] = Path.Combine(folder, "no-calibration.json");
        return start;
    }

    /// <summary>Both outputs are read while it runs: a full pipe would stop it.</summary>
    public static ProgramResult Finish(Process process, TimeSpan patience)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (process.WaitForExit(patience))
            return new ProgramResult(process.ExitCode, output.Result, error.Result);
        process.Kill(entireProcessTree: true);
        throw new TimeoutException($"pardsl {string.Join(' ', process.StartInfo.ArgumentList)} took longer than {patience}");
    }
}
