using System.ComponentModel;
using System.Diagnostics;

namespace ParDsl.Runtime.Doctor;

/// <summary>
/// What a program said and how it ended: <c>Exit</c> is null where it could not start or was stopped for taking too
/// long.
/// </summary>
internal sealed record ProgramAnswer(int? Exit, string Output)
{
    /// <summary>How long a program may take to say its version.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public string FirstLine =>
        Output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("");

    /// <summary>Starts a program with closed input, and takes both of its outputs, standard output first.</summary>
    public static ProgramAnswer Of(string program, params ReadOnlySpan<string> arguments) => Of(Patience, program, arguments);

    internal static ProgramAnswer Of(TimeSpan patience, string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start);
            return process is null ? new ProgramAnswer(null, "") : Await(process, patience);
        }
        catch (Exception failure) when (failure is Win32Exception or IOException)
        {
            return new ProgramAnswer(null, "");
        }
    }

    private static ProgramAnswer Await(Process process, TimeSpan patience)
    {
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            return new ProgramAnswer(null, "");
        }

        // A child that it left behind may hold the outputs open.
        var isWhole = Task.WaitAll([output, error], patience);
        return new ProgramAnswer(process.ExitCode, isWhole ? output.Result + error.Result : "");
    }
}
