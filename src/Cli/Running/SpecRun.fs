/// Runs a spec: plan, session, training, with the display that the terminal and the options ask for. Gives the exit code.
module ParDsl.Cli.Running.SpecRun

open System
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime
open ParDsl.Runtime.Hardware
open ParDsl.Runtime.Training
open ParDsl.Syntax

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

/// What the planner is shown. What other machines have is not known before a process runs there.
let private hardware request (program: CheckedProgram) =
    let machine = HardwareProbe.Probe()
    let nodes = program.Parallel.Nodes |> Option.ofObj |> Option.map _.Count

    let isElsewhere =
        MachineOptions.asksForProcesses request.Launch.Machines
        || (request.Devices.Nodes = 0 && nodes |> Option.exists (fun count -> count > 1L))

    let machine =
        if isElsewhere && request.Launch.Machines.Processes = 0 then
            HardwareDescription(machine.Name, machine.Cores, 0L, machine.Gpus, HasNccl = machine.HasNccl)
        else
            machine

    MachineOptions.hardware machine request.Launch.Machines

let private start request program (plan: ExecutionPlan) =
    if plan.Hardware.Machines.IsEmpty then
        train request program plan
    else
        JobStart.run request.Launch plan

let private planAndStart request (program: Stage<ProgramSyntax>) (checkedProgram: Stage<CheckedProgram>) =
    let show (plan: Stage<ExecutionPlan>) = Findings.print (request.Voice = Json) plan.Diagnostics

    match program.Value, checkedProgram.Value with
    | Some program, Some value ->
        match hardware request value with
        | Error mistake ->
            Terminal.error $"pardsl: {mistake}"
            ExitCode.CommandLineIsWrong
        | Ok hardware ->
            let plan = checkedProgram |> Stage.next (Spec.provenLayout hardware request.Devices)
            show plan

            match plan.Value with
            | Some plan -> start request program plan
            | None -> ExitCode.SpecIsWrong
    | _ ->
        Findings.print (request.Voice = Json) checkedProgram.Diagnostics
        ExitCode.SpecIsWrong

/// A failure that the user can act on is a diagnostic; any other exception is a bug and goes on to Program.fs.
let run (request: RunRequest) =
    try
        let program = Spec.syntax request.File request.Overrides
        program |> Stage.next Spec.check |> planAndStart request program
    with :? RunFailedException as failure ->
        Findings.failure (request.Voice = Json) failure
