/// Runs a spec: plan, session, training, with the display that the terminal and the options ask for. Gives the exit code.
module ParDsl.Cli.Running.SpecRun

open System
open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime
open ParDsl.Runtime.Hardware
open ParDsl.Runtime.Training

let private announce voice (plan: ExecutionPlan) =
    match voice with
    | Json -> Terminal.output (PlanJson.Write plan)
    | Spoken -> Opening.ofPlan plan |> List.iter Terminal.error
    | Quiet -> ()

let private display voice (interruption: Interruption) : RunDisplay =
    match voice with
    | Json -> JsonDisplay.show
    | Quiet -> RunDisplay.quiet
    | Spoken when Terminal.isLive.Value ->
        LiveDisplay.show Terminal.errorConsole.Value (fun () -> interruption.IsAskedToStop)
    | Spoken -> PlainDisplay.show Terminal.error

let private close voice (report: TrainingReport) =
    match voice with
    | Json -> ()
    | Quiet -> Closing.lines report |> List.iter Terminal.output
    | Spoken -> Closing.print Terminal.outputConsole.Value Terminal.output report

    if report.WasInterrupted then
        ExitCode.Interrupted
    else
        ExitCode.Done

let private train request program (plan: ExecutionPlan) =
    use interruption = new Interruption()
    announce request.Voice plan

    let work = TrainingRun.train request.Settings program plan interruption
    display request.Voice interruption work |> close request.Voice

/// A failure that the user can act on is a diagnostic; any other exception is a bug and goes on to Program.fs.
let private trainOrExplain request program plan =
    try
        train request program plan
    with :? RunFailedException as failure ->
        Findings.failure (request.Voice = Json) failure

let run request =
    let program = Spec.syntax request.File request.Overrides

    let plan =
        program
        |> Stage.next (Spec.provenPlanOf (HardwareProbe.Probe()) request.Devices)

    Findings.print (request.Voice = Json) plan.Diagnostics

    match program.Value, plan.Value with
    | Some program, Some plan -> trainOrExplain request program plan
    | _ -> ExitCode.SpecIsWrong
