/// How a run talks to the user: what it says first, what it shows while it trains, what it says at the end.
module ParDsl.Cli.Running.RunTalk

open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime.Training

let announce voice (plan: ExecutionPlan) =
    match voice with
    | Json -> Terminal.output (PlanJson.Write plan)
    | Spoken -> Opening.ofPlan plan |> List.iter Terminal.error
    | Quiet -> ()

let display voice (interruption: Interruption) : RunDisplay =
    match voice with
    | Json -> JsonDisplay.show
    | Quiet -> RunDisplay.quiet
    | Spoken when Terminal.isLive.Value -> LiveDisplay.show (fun () -> interruption.IsAskedToStop)
    | Spoken -> PlainDisplay.show Terminal.error

let notices voice : TrainingRun.Notices = {
    Warn = Findings.print (voice = Json)
    Found = ignore
    GoesOn =
        match voice with
        | Json -> Events.resume >> Terminal.output
        | Spoken -> Opening.ofResume >> Terminal.error
        | Quiet -> ignore
}

let exitCode (interruption: Interruption) (report: TrainingReport) =
    if report.RanOutOfTime then ExitCode.TryAgain
    elif report.WasInterrupted then interruption.ExitCode
    else ExitCode.Done

let close voice interruption (report: TrainingReport) =
    match voice with
    | Json -> ()
    | Quiet -> Closing.lines report |> List.iter Terminal.tell
    | Spoken -> Closing.print ScreenTable.print Terminal.tell report

    exitCode interruption report
