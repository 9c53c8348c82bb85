/// A script that `pardsl run model.fsx` started trains nothing itself: its first training hands the program over and ends it.
module internal ParDsl.HandOver

open System
open System.IO
open ParDsl.Cli
open ParDsl.Cli.Pipeline
open ParDsl.Cli.Running
open ParDsl.Runtime.Launching
open ParDsl.Syntax

let private wanted () =
    Environment.GetEnvironmentVariable ScriptEvaluation.Variable |> Option.ofObj

/// Warnings are left to who asked for the program: it checks it again.
let private write path (program: ProgramSyntax) =
    let stage = Spec.check program

    match stage.Value with
    | None -> ScriptStop.stop ExitCode.SpecIsWrong stage.Diagnostics
    | Some checkedProgram -> File.WriteAllText(path, TrainingRun.wholeSpec program checkedProgram)

/// Returns where the script is to train itself.
let insteadOfTraining isPlain (program: ProgramSyntax) =
    match wanted () with
    | None -> ()
    | Some _ when not isPlain -> ScriptStop.stop ExitCode.SpecIsWrong [ ScriptErrors.OptionsGiven() ]
    | Some path ->
        write path program
        exit ExitCode.Done

/// A session is the script's own.
let refuseSession () =
    if (wanted ()).IsSome then
        ScriptStop.stop ExitCode.SpecIsWrong [ ScriptErrors.SessionGiven() ]
