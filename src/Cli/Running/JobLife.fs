/// A job from its first word to its last: how this process joins it, is watched in it, and leaves it.
module ParDsl.Cli.Running.JobLife

open System
open System.Collections
open System.Collections.Generic
open System.Threading
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

/// A setting that one of the processes cannot read, the first one tells.
let private settings (job: Job) =
    let own =
        try
            Ok(JobSettings.Read(variables ()))
        with :? RunFailedException as failure ->
            Error failure.Diagnostic

    let found =
        match own with
        | Ok _ -> []
        | Error finding -> [ finding ]

    let all = job.Share(found.IsEmpty, found)

    match own, all |> Seq.tryFindIndex (fun process' -> not process'.IsWell) with
    | Error finding, _ -> raise (RunFailedException finding)
    | Ok _, Some rank -> raise (RunFailedException(all[rank].Findings[0].From job.Members[rank]))
    | Ok settings, None -> settings

let private watch joined =
    let settings = settings joined.Job

    let options =
        WatchOptions(
            (fun () -> joined.Engine.Activity),
            settings.Silence,
            settings.Stall,
            endJob joined,
            settings.WatchPort
        )

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
    try
        work (Job.Join(processes, version))
    with :? RunFailedException as failure ->
        if processes.Rank = 0 then
            Findings.failure json failure
        else
            Findings.exitCodeOf failure

/// How long a process that is not the first keeps to itself what keeps it from the others. Where the first has found the
/// same, most launchers have ended the job by then.
let private patience = TimeSpan.FromSeconds 5.0

/// How long one stays that says nothing: where a process ends, a launcher may end those that are about to speak.
let private silentPatience = TimeSpan.FromSeconds 8.0

/// Whether this process is the first of those that a launcher started, or alone.
let isFirst () = LauncherPlace.Of(variables ()).IsFirst

/// What every process of a job finds wrong with the words that all were started with: the first one says it.
let sayOnce (say: unit -> unit) =
    if isFirst () then say () else Thread.Sleep silentPatience

/// What a process finds wrong before it can speak to the others. Mostly all find the same, and the first one tells. Of another
/// machine, where it may be otherwise, the first process there does, a little later.
let private tellApart json (failure: RunFailedException) =
    let place = LauncherPlace.Of(variables ())

    if place.IsFirst then
        Findings.failure json failure
    elif not place.IsFirstOnMachine then
        Thread.Sleep silentPatience
        Findings.exitCodeOf failure
    else
        Thread.Sleep patience
        let self = JobMember(place.Rank, Environment.MachineName, Environment.ProcessId)
        let finding = DiagnosticMessage.Of(failure.Diagnostic).From self
        Findings.failure json (RunFailedException finding)

/// Work over what connects the processes; what keeps this one from it is told once.
let private connected json (connect: unit -> 'connection when 'connection :> IDisposable) (work: 'connection -> int) =
    let connection =
        try
            Ok(connect ())
        with :? RunFailedException as failure ->
            Error failure

    match connection with
    | Error failure -> tellApart json failure
    | Ok connection ->
        use connection = connection
        work connection

/// Work with the machine's MPI.
let withMpi json (work: MpiJob -> int) =
    connected json (fun () -> MpiJob.Start()) work

let private overMpi json (work: JoinedJob -> int) =
    withMpi json (fun mpi ->
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
            }))

/// How long processes that a launcher of PyTorch's started wait for each other.
let private meetingLimit = TimeSpan.FromMinutes 2.0

/// PyTorch's variables say where to meet, and nothing of who moves bytes: that is NCCL, between GPUs.
let private overTcp json (torch: JobEnvironment.Torch) (work: JoinedJob -> int) =
    let meet () =
        TcpRendezvous.Join(torch.Address, torch.Port, torch.Rank, torch.Size, meetingLimit)

    connected json meet (fun processes ->
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
            | _ -> ExitCode.RunFailed))

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

let private read () =
    try
        Ok(JobEnvironment.Read(variables ()))
    with :? RunFailedException as failure ->
        Error failure

/// Does the work as this process was started for: alone, or as one of a job.
let start json (alone: unit -> int) (joined: JoinedJob -> int) =
    match read () with
    | Error failure -> tellApart json failure
    | Ok environment ->
        explained json (fun () ->
            match environment with
            | :? JobEnvironment.Mpi -> overMpi json joined
            | :? JobEnvironment.Torch as torch -> overTcp json torch joined
            | _ -> alone ())
