using ParDsl.Diagnostics;
using ParDsl.Source;

namespace ParDsl.Runtime.Launching;

/// <summary>Why a script is no spec that can be trained elsewhere: PD5371 to PD5373, one function per mistake.</summary>
public static class ScriptErrors
{
    internal static Diagnostic NoFSharp(string path) => Error(
        "PD5371",
        $"`{path}` is an F# script, which `dotnet fsi` evaluates, and there is no `dotnet` on PATH",
        "install the .NET SDK on this machine, the others need none; or print the program as a file where there is one: "
            + "`printfn \"%s\" (Show.file program)`");

    internal static Diagnostic NothingTrained(string path) => Error(
        "PD5372",
        $"`{path}` came to its end without training a program",
        "end it with `program |> Train.run`, where `program` is what is to be trained");

    public static Diagnostic OptionsGiven() => Error(
        "PD5373",
        "`Train.runWith` says how to run, and so does the command line that the script was started by",
        "write `Train.run` in the script, and say the rest behind it: `pardsl run model.fsx --steps 100 --out run`");

    public static Diagnostic SessionGiven() => Error(
        "PD5373",
        "`Train.start` gives a session that the script drives itself, within its own process",
        "write `program |> Train.run`, or start the script by `dotnet fsi`");

    private static Diagnostic Error(string code, string message, string help) =>
        new(code, Severity.Error, SourceSpan.Nowhere, "", message, help, []);
}
