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
open ParDsl.Runtime.Collectives.Nccl
open ParDsl.Runtime.Collectives.Tcp
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
        WatchOptions((fun () -> joined.Engine.Activity), settings.Silence, endJob joined, settings.WatchPort)

    JobWatch.Start(joined.Job.Processes, joined.Job.Members, options)

/// Work that others wait for: when it fails here, all of them end, and one tells why.
let watched joined (work: IJobMail -> int) =
    use watch = watch joined

    try
        let exitCode = work watch
        watch.Leave()
        exitCode
    with :? RunFailedException as failure ->
        let exitCode = Findings.exitCodeOf failure
        watch.Fail(failure, exitCode)

        if joined.Job.IsFirst then
            failed joined.Json failure.Diagnostic failure.Rank

        ProcessEnd.now exitCode
        exitCode

/// What all processes find wrong together, the first one tells.
let private join json (processes: IRendezvous) version (work: Job -> int) =
    let joined =
        try
            Ok(Job.Join(processes, version))
        with :? RunFailedException as failure ->
            Error failure

    match joined with
    | Ok job -> work job
    | Error failure when processes.Rank = 0 -> Findings.failure json failure
    | Error _ -> ExitCode.RunFailed

let private overMpi json (work: JoinedJob -> int) =
    use mpi = MpiJob.Start()

    join json mpi mpi.Version (fun job ->
        work {
            Job = job
            Engine =
                if job.HasNccl then
                    ProcessEngine.OverNccl(mpi, NcclLibrary.Find())
                else
                    ProcessEngine.OverMpi mpi
            Abort = mpi.Abort
            Json = json
        })

/// How long processes that a launcher of PyTorch's started wait for each other.
let private meetingLimit = TimeSpan.FromMinutes 2.0

/// PyTorch's variables say where to meet, and nothing of who moves bytes: that is NCCL, between GPUs.
let private overTcp json (torch: JobEnvironment.Torch) (work: JoinedJob -> int) =
    use processes =
        TcpRendezvous.Join(torch.Address, torch.Port, torch.Rank, torch.Size, meetingLimit)

    join json processes "PyTorch's variables" (fun job ->
        match job.WithoutNccl with
        | null ->
            work {
                Job = job
                Engine = ProcessEngine.OverNccl(processes, NcclLibrary.Find())
                Abort = ignore
                Json = json
            }
        | odd when job.IsFirst ->
            Findings.failure json (RunFailedException(JobErrors.NoGpuForTorch(odd.Rank, odd.Host)))
        | _ -> ExitCode.RunFailed)

/// Work whose failure the user can act on: its diagnostic, and its exit code. Any other exception is a bug and goes on to
/// Program.fs.
let explained json (work: unit -> int) =
    try
        work ()
    with :? RunFailedException as failure ->
        Findings.failure json failure

/// The processes that a launcher started this one among, and its number; 1 and 0 where nobody did.
let sizeAndRank () =
    match JobEnvironment.Read(variables ()) with
    | :? JobEnvironment.Mpi as mpi -> mpi.Size, mpi.Rank
    | :? JobEnvironment.Torch as torch -> torch.Size, torch.Rank
    | _ -> 1, 0

/// Does the work as this process was started for: alone, or as one of a job.
let start json (alone: unit -> int) (joined: JoinedJob -> int) =
    explained json (fun () ->
        match JobEnvironment.Read(variables ()) with
        | :? JobEnvironment.Mpi -> overMpi json joined
        | :? JobEnvironment.Torch as torch -> overTcp json torch joined
        | _ -> alone ())
