/// Starts a spec's ranks as processes, by mpirun, and stays their parent. Gives the exit code of the first rank.
module ParDsl.Cli.Running.JobStart

open System
open System.Collections.Immutable
open System.IO
open System.Linq
open ParDsl.Cli.Arguments
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime
open ParDsl.Runtime.Launching

/// What the command line says of the launch itself.
type Settings = {
    Machines: MachineRequest
    /// None: the first one on PATH.
    Launcher: string option
    /// The words behind `pardsl` that every process gets.
    Words: string list
    /// Whether the processes tell of errors on standard output, as events.
    Json: bool
}

/// The options that start a job, which a process of one cannot use.
let optionsOfStart settings = [
    if not settings.Machines.Hosts.IsEmpty then
        "--hosts"
    if settings.Machines.HostFile.IsSome then
        "--hostfile"
    if settings.Machines.Processes > 0 then
        "--processes"
    if settings.Launcher.IsSome then
        "--launcher"
]

/// This program as a launcher is to start it: its file, and behind a host such as `dotnet` the program's own.
let private program () =
    let host = Environment.ProcessPath |> Option.ofObj |> Option.defaultValue "pardsl"

    if Path.GetFileNameWithoutExtension host = "dotnet" then
        [ host; Path.Combine(AppContext.BaseDirectory, "pardsl.dll") ]
    else
        [ host ]

/// Each machine with the ranks that the plan gives it.
let private shares (plan: ExecutionPlan) = [
    for machine, ranks in plan.Ranks |> Seq.groupBy _.Device.Machine do
        MachineSlots(plan.Hardware.Machines[machine].Name, Seq.length ranks)
]

let private here = "localhost"

/// The machines by name; none where a scheduler knows them.
let private hosts settings (plan: ExecutionPlan) =
    if settings.Machines.Processes > 0 then
        ImmutableArray.Create(MachineSlots(here, plan.Ranks.Length))
    elif not settings.Machines.Hosts.IsEmpty || settings.Machines.HostFile.IsSome then
        ImmutableArray.CreateRange(shares plan)
    else
        LaunchEnvironment.DemandAllocation plan.Hardware.MachineCount
        ImmutableArray.Empty

let private request settings (plan: ExecutionPlan) =
    LaunchRequest(
        hosts settings plan,
        plan.Hardware.MachineCount,
        plan.Ranks.Length,
        ImmutableArray.CreateRange(program ()),
        ImmutableArray.CreateRange settings.Words,
        Environment.CurrentDirectory,
        LaunchEnvironment.Variables,
        Environment.IsPrivilegedProcess
    )

/// What is wrong before or while the job starts is a RunFailedException.
let run settings plan =
    LaunchEnvironment.DemandStarter()
    let request = request settings plan
    HostResolution.Check request.Hosts
    let launcher = LauncherSearch.Find(Option.toObj settings.Launcher)
    JobLaunch.Run(launcher, request, settings.Json).ExitCode
