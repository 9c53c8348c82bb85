/// Runs a spec as one of a job's processes: all plan it alike, the first one talks and writes.
module ParDsl.Cli.Running.JobRun

open System.IO
open System.Security.Cryptography
open System.Text
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime.Collectives
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Jobs
open ParDsl.Runtime.Training

/// The plan's text does not say how many samples there are, on which the number of updates depends.
let private fingerprint (plan: ExecutionPlan) =
    $"{PlanPrinter.Print plan}\n{plan.Program.Data.Description}"
    |> Encoding.UTF8.GetBytes
    |> SHA256.HashData
    |> System.Convert.ToHexStringLower

/// One rank needs nobody else.
let private engineOf (joined: JobLife.JoinedJob) (plan: ExecutionPlan) : IEngine =
    if plan.Ranks.Length = 1 then
        ThreadEngine.Instance
    else
        joined.Engine

/// The checkpoint that the first process has found, which all go on from.
type CheckpointMessage = { Path: string }

let private send (job: Job) path =
    job.Processes.BroadcastValue({ Path = path }, 0).Path

let private tell job (point: ResumePoint) =
    send job (Path.GetFullPath point.Checkpoint.Path) |> ignore

let private hear job = send job ""

/// The first process trains as it would alone; the others take part in silence.
let private train (request: RunRequest) (joined: JobLife.JoinedJob) mail program plan =
    use interruption = new Interruption(not joined.Job.IsFirst)
    let workplace: TrainingRun.Workplace = { Engine = engineOf joined plan; Mail = mail }

    if joined.Job.IsFirst then
        RunTalk.announce request.Voice plan

        let notices = { RunTalk.notices request.Voice with Found = tell joined.Job }

        TrainingRun.train request.Settings notices workplace program plan interruption
        |> RunTalk.display request.Voice interruption
        |> RunTalk.close request.Voice interruption
    else
        TrainingRun.assist request.Settings (fun () -> hear joined.Job) workplace plan interruption
        |> RunDisplay.quiet
        |> RunTalk.exitCode interruption

let private refuse (job: Job) option =
    if job.IsFirst then
        Terminal.error $"pardsl: {Mistake.launchedAgain option}"

    ExitCode.CommandLineIsWrong

let private planAndTrain (request: RunRequest) (joined: JobLife.JoinedJob) =
    let job = joined.Job

    let program =
        JobStages.spec job request.File request.Overrides (ResumedBatch.apply request.Settings)

    let plan =
        program
        |> Stage.next (Spec.provenPlanOf (job.Hardware()) request.Devices)
        |> JobStages.agree job

    Findings.print joined.Json (Option.toList (Option.ofObj job.Warning) @ plan.Diagnostics)

    match program.Value, plan.Value with
    | Some program, Some plan ->
        JobLife.watched joined (fun mail ->
            job.RequireSamePlan(fingerprint plan)
            train request joined mail program plan)
    | _ -> ExitCode.SpecIsWrong

let run (request: RunRequest) (joined: JobLife.JoinedJob) =
    match JobStart.optionsOfStart request.Launch with
    | option :: _ -> refuse joined.Job option
    | [] -> planAndTrain request joined
