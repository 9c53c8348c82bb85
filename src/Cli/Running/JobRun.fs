/// Runs a spec as one of a job's processes: all plan it alike, the first one talks and writes.
module ParDsl.Cli.Running.JobRun

open System.Security.Cryptography
open System.Text
open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Jobs

let private fingerprint (plan: ExecutionPlan) =
    PlanPrinter.Print plan
    |> Encoding.UTF8.GetBytes
    |> SHA256.HashData
    |> System.Convert.ToHexStringLower

/// One rank needs nobody else.
let private engineOf (joined: JobLife.JoinedJob) (plan: ExecutionPlan) : IEngine =
    if plan.Ranks.Length = 1 then
        ThreadEngine.Instance
    else
        joined.Engine

/// The first process trains as it would alone; the others take part in silence.
let private train (request: RunRequest) (joined: JobLife.JoinedJob) program plan =
    use interruption = new Interruption(not joined.Job.IsFirst)
    let engine = engineOf joined plan

    if joined.Job.IsFirst then
        RunTalk.announce request.Voice plan

        TrainingRun.train request.Settings engine program plan interruption
        |> RunTalk.display request.Voice interruption
        |> RunTalk.close request.Voice
    else
        let report =
            RunDisplay.quiet (TrainingRun.assist request.Settings engine plan interruption)

        if report.WasInterrupted then
            ExitCode.Interrupted
        else
            ExitCode.Done

let run (request: RunRequest) (joined: JobLife.JoinedJob) =
    let job = joined.Job
    let program = JobStages.spec job request.File request.Overrides

    let plan =
        program
        |> Stage.next (Spec.provenPlanOf (job.Hardware()) request.Devices)
        |> JobStages.agree job

    Findings.print joined.Json plan.Diagnostics

    match program.Value, plan.Value with
    | Some program, Some plan ->
        JobLife.watched joined (fun () ->
            job.RequireSamePlan(fingerprint plan)
            train request joined program plan)
    | _ -> ExitCode.SpecIsWrong
