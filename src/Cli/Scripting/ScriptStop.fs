/// How a script learns that its program is refused or its run failed: a script ends with the command's screen and exit
/// code; the prompt, which shall live on, gets an exception whose message is the screen.
namespace ParDsl

open System
open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Diagnostics
open ParDsl.Printing
open ParDsl.Runtime

/// A program that is refused, or a run that failed, where no script can be ended: at the prompt, in a program of one's own.
[<Sealed>]
type ProgramStoppedException(screen: string) =
    inherit Exception(screen)

module internal ScriptStop =
    /// `dotnet fsi FILE.fsx ...`: words with a dash are fsi's own, such as `--use:FILE.fsx` for the prompt.
    let private isScript () =
        Environment.GetCommandLineArgs()
        |> Array.exists (fun word -> word.EndsWith(".fsx", StringComparison.Ordinal) && not (word.StartsWith '-'))

    let stop exitCode (diagnostics: Diagnostic list) : 'result =
        if isScript () then
            Findings.print false diagnostics
            exit exitCode
        else
            raise (ProgramStoppedException(DiagnosticScreen.print diagnostics))

    /// The value of a stage, where no error stands in the way; warnings are shown.
    let valueOf (stage: Pipeline.Stage<'value>) : 'value =
        match stage.Value with
        | None -> stop ExitCode.SpecIsWrong stage.Diagnostics
        | Some value ->
            Findings.print false stage.Diagnostics
            value

    /// What the work gives; a failure that the user can act on stops the script.
    let orExplain (work: unit -> 'result) : 'result =
        try
            work ()
        with :? RunFailedException as failure ->
            let exitCode =
                if failure.IsSpecWrong then
                    ExitCode.SpecIsWrong
                else
                    ExitCode.RunFailed

            stop exitCode [ failure.Diagnostic ]
