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

let private variables () =
    let found = Dictionary<string, string>()

    for entry in Environment.GetEnvironmentVariables() |> Seq.cast<DictionaryEntry> do
        found[string entry.Key] <- string entry.Value

    found

/// A process of a job that has met the others.
type JoinedJob = {
    Job: Job
    Engine: ProcessEngine
    /// Has the launcher end all processes, those too that hang.
    Abort: int -> unit
    /// Whether it talks in JSON.
    Json: bool
}

let private failed json finding rank =
    Findings.failure json (RunFailedException(finding, Rank = rank)) |> ignore

let private endJob joined (reason: JobEnd) =
    match reason.Finding with
    | null -> ()
    | finding -> failed joined.Json finding reason.Cause

    if reason.LeavesOneHanging then
        Console.Out.Flush()
        joined.Abort reason.ExitCode

    ProcessEnd.now reason.ExitCode

let private watch joined =
    let settings = JobSettings.Read(variables ())

    let options =
        WatchOptions(
            (fun () -> joined.Engine.Activity),
            settings.Silence,
            endJob joined,
            (fun warning -> Findings.print joined.Json [ warning ]),
            settings.WatchPort
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
        watch.Fail(failure, ExitCode.RunFailed)

        if joined.Job.IsFirst then
            failed joined.Json failure.Diagnostic failure.Rank

        ProcessEnd.now ExitCode.RunFailed
        ExitCode.RunFailed

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
    | Ok job ->
        work {
            Job = job
            Engine = ProcessEngine(mpi, connect mpi)
            Abort = mpi.Abort
            Json = json
        }
    | Error failure when mpi.Rank = 0 -> Findings.failure json failure
    | Error _ -> ExitCode.RunFailed

/// Does the work as this process was started for: alone, or as one of a job.
let start json (alone: unit -> int) (joined: JoinedJob -> int) =
    try
        match JobEnvironment.Read(variables ()) with
        | :? JobEnvironment.Mpi -> overMpi json joined
        | :? JobEnvironment.Torch as torch ->
            raise (RunFailedException(JobErrors.NoGpuForTorch(torch.Rank, Environment.MachineName)))
        | _ -> alone ()
    with :? RunFailedException as failure ->
        Findings.failure json failure
