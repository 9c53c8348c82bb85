/// `pardsl doctor` over several machines: a process on each examines it, and the first one shows all.
module ParDsl.Cli.Running.MachineDoctor

open System.Collections.Immutable
open System.Globalization
open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware
open ParDsl.Runtime.Doctor
open ParDsl.Runtime.Jobs
open ParDsl.Runtime.Launching

let private number (format: string) (value: float) =
    value.ToString(format, CultureInfo.InvariantCulture)

let private columns = [ "machine"; "cores"; "memory"; "GPUs"; "clock"; "there and back"; "bandwidth" ]

let private innerColumns = [ "machine"; "ParDsl"; "TorchSharp"; ".NET"; "MPI"; "free here"; "this folder" ]

let private gibibyte = float (1L <<< 30)

let private clock (link: MachineLink) =
    let ahead = number "+0.00;-0.00;0.00" link.ClockAhead.TotalMilliseconds
    let doubt = number "0.00" link.ClockDoubt.TotalMilliseconds
    $"{ahead} ms (to {doubt} ms)"

let private row (machine: MachineReport) =
    let own = [
        machine.Process.Member.Host
        string machine.Process.Cores
        number "0.0" (float machine.Process.MemoryBytes / gibibyte) + " GiB"
        string machine.Process.Gpus.Length
    ]

    match machine.Link with
    | null -> own @ [ ""; ""; "" ]
    | link ->
        own
        @ [
            clock link
            number "0" link.RoundTrip.TotalMicroseconds + " us"
            number "0.00" (link.BytesPerSecond / gibibyte) + " GiB/s"
        ]

/// Where the run's folder is not shared, the parts of a checkpoint cannot come together there.
let private folder (machine: MachineReport) =
    match Option.ofNullable machine.Folder.IsShared, machine.Link with
    | None, _ -> "not writable"
    | Some _, null -> "the first one's"
    | Some true, _ -> "shared"
    | Some false, _ -> "its own"

/// What is there, as far as it must be alike, and where files go.
let private innerRow (machine: MachineReport) =
    let version name = machine.Process.Libraries[name]

    [
        machine.Process.Member.Host
        version ProcessReport.ParDslName
        version "TorchSharp"
        version ".NET"
        version ProcessReport.EngineName
        (match Option.ofNullable machine.Folder.FreeBytes with
         | Some free -> number "0.0" (float free / gibibyte) + " GiB"
         | None -> "unknown")
        folder machine
    ]

let private print columns row (machines: MachineReport list) =
    ScreenTable.print { Columns = List.map ScreenColumn.words columns; Rows = List.map row machines }

/// What is not as it should be on one machine, with its name in front.
let private troubles (machine: MachineReport) = [
    for finding in machine.Findings do
        if finding.Status <> DoctorStatus.Ok then
            DoctorFinding(
                $"{machine.Process.Member.Host}: {finding.Topic}",
                finding.Status,
                finding.Value,
                finding.Remedy
            )
]

/// As one of the processes that a launcher started, one on each machine.
let inJob () =
    JobLife.withMpi false (fun mpi ->
        let machines = MachineExamination.Run mpi

        if mpi.Rank > 0 then
            ExitCode.Done
        else
            let all = List.ofSeq machines

            let findings =
                List.collect troubles all @ List.ofSeq (MachineComparison.Of machines)

            print columns row all
            print innerColumns innerRow all
            DoctorTable.print findings
            DoctorTable.close findings)

let private silent (names: string list) = [
    for name in names ->
        DoctorFinding.Problem(
            name,
            "it does not answer, or has no MPI where a login finds it",
            $"see `ssh {name} mpirun --version`"
        )
]

/// From outside: the machines that answer are examined, those that do not are named.
let over (hosts: MachineSlots list) launcher =
    let all =
        ImmutableArray.CreateRange [ for host in hosts -> MachineSlots(host.Name, 1) ]

    HostResolution.Check all
    let launcher = LauncherSearch.Find(Option.toObj launcher)
    let missing = List.ofSeq (HostAnswer.Silent(launcher, all))
    let answering = all.RemoveAll(fun host -> List.contains host.Name missing)

    let exitCode =
        if answering.IsEmpty then
            ExitCode.RunFailed
        else
            JobStart.onEach launcher answering [ "doctor" ]

    if missing.IsEmpty then
        exitCode
    else
        DoctorTable.print (silent missing)
        DoctorTable.close (silent missing)
