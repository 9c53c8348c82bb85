/// Runs a spec: plan, session, training, with the display that the terminal and the options ask for. Gives the exit code.
module ParDsl.Cli.Running.SpecRun

open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Plans
open ParDsl.Runtime
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Hardware

let private train (request: RunRequest) program (plan: ExecutionPlan) =
    use interruption = new Interruption()
    RunTalk.announce request.Voice plan

    TrainingRun.train request.Settings ThreadEngine.Instance program plan interruption
    |> RunTalk.display request.Voice interruption
    |> RunTalk.close request.Voice

/// A failure that the user can act on is a diagnostic; any other exception is a bug and goes on to Program.fs.
let private trainOrExplain request program plan =
    try
        train request program plan
    with :? RunFailedException as failure ->
        Findings.failure (request.Voice = Json) failure

let private runAlone request =
    let program = Spec.syntax request.File request.Overrides

    let plan =
        program
        |> Stage.next (Spec.provenPlanOf (HardwareProbe.Probe()) request.Devices)

    Findings.print (request.Voice = Json) plan.Diagnostics

    match program.Value, plan.Value with
    | Some program, Some plan -> trainOrExplain request program plan
    | _ -> ExitCode.SpecIsWrong

let run (request: RunRequest) =
    JobLife.start (request.Voice = Json) (fun () -> runAlone request) (JobRun.run request)
