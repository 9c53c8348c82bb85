/// Runs a spec: plan, session, training, with the display that the terminal and the options ask for. Gives the exit code.
module ParDsl.Cli.Running.SpecRun

open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Hardware
open ParDsl.Syntax

let private train (request: RunRequest) program (plan: ExecutionPlan) =
    use interruption = new Interruption(false)
    RunTalk.announce request.Voice plan

    let notices = RunTalk.notices request.Voice

    TrainingRun.train request.Settings notices (TrainingRun.alone (LocalEngine.Of plan)) program plan interruption
    |> RunTalk.display request.Voice interruption
    |> RunTalk.close request.Voice interruption

/// What the planner is shown. What other machines have is not known before a process runs there.
let private hardware (machine: HardwareDescription) request (program: CheckedProgram) =
    let nodes = program.Parallel.Nodes |> Option.ofObj |> Option.map _.Count

    let isElsewhere =
        MachineOptions.asksForProcesses request.Launch.Machines
        || (request.Devices.Nodes = 0 && nodes |> Option.exists (fun count -> count > 1L))

    let machine =
        if isElsewhere && request.Launch.Machines.Processes = 0 then
            HardwareDescription(
                machine.Name,
                machine.Cores,
                0L,
                machine.Gpus,
                HasNccl = machine.HasNccl,
                Performance = machine.Performance
            )
        else
            machine

    MachineOptions.hardware machine request.Launch.Machines

/// The program over other machines than were named, or over none where it does not fit them.
let private replan request (checkedProgram: CheckedProgram) machines =
    let request = { request with Launch = { request.Launch with Machines = machines } }

    match hardware (HardwareProbe.Probe()) request checkedProgram with
    | Error _ -> None
    | Ok hardware -> (Spec.provenLayout hardware (SpecOption.onMachines machines request.Devices) checkedProgram).Value

let private refuse mistake =
    Terminal.error $"pardsl: {mistake}"
    ExitCode.CommandLineIsWrong

let private start request program (plan: ExecutionPlan) =
    match plan.Hardware.Machines.IsEmpty, JobStart.optionsOfStart request.Launch with
    | true, option :: _ -> refuse (Mistake.startsNoJob option)
    | true, [] when request.Settings.GathersCheckpoints -> refuse (Mistake.startsNoJob "--gather-checkpoints")
    | true, [] -> train request program plan
    | false, _ -> JobStart.run request.Launch (replan request plan.Program) plan

let private planAndStart request (program: Stage<ProgramSyntax>) (checkedProgram: Stage<CheckedProgram>) =
    let show warnings (plan: Stage<ExecutionPlan>) =
        Findings.print (request.Voice = Json) (warnings @ plan.Diagnostics)

    match program.Value, checkedProgram.Value with
    | Some program, Some value ->
        let probed = HardwareProbe.Look()

        match hardware probed.Hardware request value with
        | Error mistake -> refuse mistake
        | Ok hardware ->
            let plan = checkedProgram |> Stage.next (Spec.provenLayout hardware request.Devices)
            show (Option.toList (Option.ofObj probed.Warning)) plan

            match plan.Value with
            | Some plan -> start request program plan
            | None -> ExitCode.SpecIsWrong
    | _ ->
        Findings.print (request.Voice = Json) checkedProgram.Diagnostics
        ExitCode.SpecIsWrong

let private runAlone (request: RunRequest) =
    let program =
        Spec.syntax request.File request.Overrides
        |> Stage.next (ResumedBatch.apply request.Settings)

    program |> Stage.next Spec.check |> planAndStart request program

let run (request: RunRequest) =
    JobLife.start (request.Voice = Json) (fun () -> runAlone request) (JobRun.run request)
