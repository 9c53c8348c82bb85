/// Starts a spec's ranks as processes, by mpirun, and stays their parent. Gives the exit code of the first rank.
module ParDsl.Cli.Running.JobStart

open System
open System.Collections.Immutable
open System.IO
open System.Linq
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime
open ParDsl.Runtime.Launching

/// What the command line says of the launch itself.
type Settings = {
    Machines: MachineRequest
    /// None: the first one on PATH.
    Launcher: string option
    /// How often a job that lost a process starts again.
    Restarts: int
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
    if settings.Restarts > 0 then
        "--restarts"
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

let private launch machines machineCount rankCount words =
    LaunchRequest(
        machines,
        machineCount,
        rankCount,
        ImmutableArray.CreateRange(program ()),
        ImmutableArray.CreateRange(words: string list),
        Environment.CurrentDirectory,
        LaunchEnvironment.Variables,
        Environment.IsPrivilegedProcess,
        NodeFile =
            if machines.IsEmpty then
                LaunchEnvironment.NodeFile
            else
                null
    )

let private request settings (plan: ExecutionPlan) =
    launch (hosts settings plan) plan.Hardware.MachineCount plan.Ranks.Length settings.Words

let private runOnce launcher request json =
    let outcome = JobLaunch.Run(launcher, request, json)

    match outcome.Finding with
    | null -> ()
    | finding -> Findings.failure json (RunFailedException finding) |> ignore

    outcome

/// The plan over the named machines that still answer, where some do not and the rest can do without them.
let private withoutSilent launcher (replan: MachineRequest -> ExecutionPlan option) settings plan =
    match List.ofSeq (HostAnswer.Silent(launcher, hosts settings plan)) with
    | [] -> settings, plan
    | silent ->
        let left =
            hosts settings plan
            |> Seq.filter (fun host -> not (List.contains host.Name silent))
            |> ImmutableArray.CreateRange

        let machines = { MachineOptions.none with Hosts = left }
        let names = String.concat ", " silent

        match (if left.IsEmpty then None else replan machines) with
        | Some fewer ->
            Terminal.error $"{names}: no answer; the run goes on without"

            { settings with Machines = machines; Words = CommandWords.without [ "--nodes" ] settings.Words }, fewer
        | None ->
            Terminal.error $"{names}: no answer, and the layout cannot do without"
            settings, plan

let rec private attempt launcher replan (timeLeft: unit -> TimeSpan option) number settings plan =
    let timed = { settings with Words = RestartWords.within (timeLeft ()) settings.Words }
    let outcome = runOnce launcher (request timed plan) settings.Json

    if outcome.End <> LaunchEnd.ProcessLost || number > settings.Restarts then
        outcome.ExitCode
    elif timeLeft () = Some TimeSpan.Zero then
        Terminal.error "the time limit leaves no time for another start"

        if RestartWords.hasSaved settings.Words then
            ExitCode.TryAgain
        else
            outcome.ExitCode
    else
        Terminal.error $"start {number + 1} of at most {settings.Restarts + 1}, from the last whole checkpoint"
        let settings = { settings with Words = RestartWords.next number settings.Words }

        withoutSilent launcher replan settings plan
        ||> attempt launcher replan timeLeft (number + 1)

/// One process on each of these machines, with these words. Gives the exit code of the first.
let onEach launcher (machines: ImmutableArray<MachineSlots>) words =
    LaunchEnvironment.DemandStarter()

    let outcome =
        runOnce launcher (launch machines machines.Length machines.Length words) false

    outcome.ExitCode

/// What is wrong before the job starts is a RunFailedException. `replan` lays the program over other machines.
let run settings replan (plan: ExecutionPlan) =
    LaunchEnvironment.DemandStarter()
    HostResolution.Check(hosts settings plan)
    let launcher = LauncherSearch.Find(Option.toObj settings.Launcher)

    let words =
        if settings.Restarts > 0 then
            RestartWords.first plan.Program.Name settings.Words
        else
            settings.Words

    let timeLeft () = RestartWords.timeLeft settings.Words
    attempt launcher replan timeLeft 1 { settings with Words = words } plan
