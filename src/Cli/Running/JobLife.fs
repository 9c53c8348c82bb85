/// A job from its first word to its last: how this process joins it, is watched in it, and leaves it.
module ParDsl.Cli.Running.JobLife

open System
open System.Collections
open System.Collections.Generic
open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Runtime
open ParDsl.Runtime.Collectives
open ParDsl.Runtime.Collectives.Mpi
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Jobs

/// How long a process may say nothing before the job ends.
let private defaultSilence = TimeSpan.FromSeconds 30.0

let private variables () =
    let found = Dictionary<string, string>()

    for entry in Environment.GetEnvironmentVariables() |> Seq.cast<DictionaryEntry> do
        found[string entry.Key] <- string entry.Value

    found

/// A process of a job that has met the others.
type JoinedJob = {
    Job: Job
    Engine: ProcessEngine
    /// Whether it talks in JSON.
    Json: bool
}

let private watchPort () =
    match Int32.TryParse(Environment.GetEnvironmentVariable "PARDSL_WATCH_PORT") with
    | true, port -> port
    | _ -> 0

let private silence () =
    match Double.TryParse(Environment.GetEnvironmentVariable "PARDSL_HANG_LIMIT") with
    | true, seconds -> TimeSpan.FromSeconds seconds
    | _ -> defaultSilence

let private failed json finding rank =
    Findings.failure json (RunFailedException(finding, Rank = rank)) |> ignore

let private endJob json (reason: JobEnd) =
    match reason.Finding with
    | null -> ()
    | finding -> failed json finding reason.Cause

    ProcessEnd.now reason.ExitCode

let private watch joined =
    let options =
        WatchOptions(
            (fun () -> joined.Engine.Activity),
            silence (),
            endJob joined.Json,
            (fun warning -> Findings.print joined.Json [ warning ]),
            watchPort ()
        )

    JobWatch.Start(joined.Job.Processes, joined.Job.Members, options)

/// Work that others wait for: when it fails here, all of them end, and one tells why.
let watched joined (work: unit -> int) =
    use watch = watch joined

    try
        let exitCode = work ()
        watch.Leave()
        exitCode
    with :? RunFailedException as failure ->
        let exitCode =
            if failure.IsSpecWrong then
                ExitCode.SpecIsWrong
            else
                ExitCode.RunFailed

        watch.Fail(failure, exitCode)

        if joined.Job.IsFirst then
            failed joined.Json failure.Diagnostic failure.Rank

        ProcessEnd.now exitCode
        exitCode

let private connect (mpi: MpiJob) ranks : ICollectiveGroup =
    match mpi.CreateGroup ranks with
    | null -> invalidArg (nameof ranks) "a process connects only groups that it belongs to"
    | group -> group

/// What all processes find wrong together, the first one tells.
let private overMpi json (work: JoinedJob -> int) =
    use mpi = MpiJob.Start()

    let joined =
        try
            Ok(Job.Join(mpi, mpi.Version))
        with :? RunFailedException as failure ->
            Error failure

    match joined with
    | Ok job -> work { Job = job; Engine = ProcessEngine(mpi, connect mpi); Json = json }
    | Error failure when mpi.Rank = 0 -> Findings.failure json failure
    | Error _ -> ExitCode.RunFailed

/// A launcher may give its processes a terminal of their own, which nobody draws on.
let private drawNothing () =
    Environment.SetEnvironmentVariable("TERM", "dumb")

/// Does the work as this process was started for: alone, or as one of a job.
let start json (alone: unit -> int) (joined: JoinedJob -> int) =
    try
        match JobEnvironment.Read(variables ()) with
        | :? JobEnvironment.Mpi ->
            drawNothing ()
            overMpi json joined
        | :? JobEnvironment.Torch as torch ->
            raise (RunFailedException(JobErrors.NoGpuForTorch(torch.Rank, Environment.MachineName)))
        | _ -> alone ()
    with :? RunFailedException as failure ->
        Findings.failure json failure
