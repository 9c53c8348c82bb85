using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ParDsl.Cli.Tests.Terminals;

/// <summary>Runs <c>pardsl</c> on a terminal of so many columns, which util-linux's <c>script</c> makes.</summary>
internal static partial class PseudoTerminal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the terminal was sent, with its control codes, and the exit code.</summary>
    /// <param name="words">Of the command line, none of which has a space.</param>
    /// <param name="environment">What a shell sets in front: <c>NO_COLOR=1</c>.</param>
    public static ProgramResult Run(string folder, int columns, string words, string environment = "")
    {
        var command = string.Create(
            CultureInfo.InvariantCulture,
            $"stty cols {columns} rows 30; {environment} PARDSL_CALIBRATION={folder}/no-calibration.json {Pardsl.Program} {words}");
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["SHELL"] = "/bin/sh";
        start.Environment.Remove("NO_COLOR");
        using var process = Process.Start(start) ?? throw new InvalidOperationException("script did not start");
        return Pardsl.Finish(process, Patience);
    }

    /// <summary>The lines as they are read, without colours and other codes.</summary>
    public static string[] Lines(string output) =>
        Codes().Replace(output, "").Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n');

    [GeneratedRegex(@"\x1b(\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Codes();
}
