/// `--nodes N`, `--hosts a:4,b:4`, `--hostfile FILE` and `--processes N`: which machines, and whether ranks are processes.
namespace ParDsl.Cli.Arguments

open System.Collections.Immutable
open System.Linq
open ParDsl.Compiler.Hardware
open ParDsl.Runtime.Launching

type MachineRequest = {
    /// 0: as the spec says, or as many as are named.
    Nodes: int
    Hosts: ImmutableArray<MachineSlots>
    HostFile: string option
    /// The processes on this machine; 0 where nothing was said.
    Processes: int
}

module MachineOptions =
    let none = {
        Nodes = 0
        Hosts = ImmutableArray.Empty
        HostFile = None
        Processes = 0
    }

    let private names = [ "--nodes"; "--hosts"; "--hostfile"; "--processes" ]

    /// The words without the options that say where a job starts: what each of its processes gets. `--nodes` stays: a
    /// process compares it with the job that it is in.
    let withoutLaunch words =
        CommandWords.without [ "--hosts"; "--hostfile"; "--processes"; "--launcher"; "--restarts" ] words

    let private count option text =
        match text with
        | None -> Ok 0
        | Some text ->
            match Options.whole option 1L text with
            | Ok number when number <= 65536L -> Ok(int number)
            | Ok _ -> Error(Mistake.tooMany option 65536L text)
            | Error mistake -> Error mistake

    let private hosts (text: string option) =
        match text with
        | None -> Ok ImmutableArray.Empty
        | Some text ->
            match HostList.Parse text with
            | struct (hosts, null) -> Ok hosts
            | struct (_, mistake) -> Error(Mistake.notAHostList mistake)

    let read (given: (string * string) list) =
        let value name =
            given
            |> List.tryPick (fun (option, value) -> if option = name then Some value else None)

        let stated = names |> List.filter (fun name -> (value name).IsSome)

        result {
            let! nodes = count "--nodes" (value "--nodes")
            let! hosts = hosts (value "--hosts")
            let! processes = count "--processes" (value "--processes")

            if List.contains "--processes" stated && stated.Length > 1 then
                return! Error(Mistake.processesElsewhere (List.head stated))
            elif List.contains "--hosts" stated && List.contains "--hostfile" stated then
                return! Error Mistake.hostsTwice
            elif nodes > 0 && not hosts.IsEmpty && hosts.Length <> nodes then
                return! Error(Mistake.otherHosts nodes hosts.Length)
            else
                return {
                    Nodes = nodes
                    Hosts = hosts
                    HostFile = value "--hostfile"
                    Processes = processes
                }
        }

    /// The machines by name; none where nothing names them. A mistake in the file is a RunFailedException.
    let hostsOf request =
        match request.HostFile with
        | Some path -> HostFile.Read path
        | None -> request.Hosts

    /// Whether the command line asks for processes of their own.
    let asksForProcesses request =
        request.Nodes > 1
        || not request.Hosts.IsEmpty
        || request.HostFile.IsSome
        || request.Processes > 0

    let private processes (machine: HardwareDescription) count =
        let gpu index =
            if machine.Gpus.IsEmpty then null else machine.Gpus[index]

        let found = [|
            for index in 0 .. count - 1 -> ProcessDevice(machine.Name, gpu index, machine.Cores, machine.MemoryBytes)
        |]

        HardwareSet.Job(found, machine.HasNccl)

    /// What the planner is shown: this machine, so many processes on it, or the named machines, taken to be like this one.
    let hardware (machine: HardwareDescription) request : Result<HardwareDescription, string> =
        if
            request.Processes > 0
            && not machine.Gpus.IsEmpty
            && request.Processes > machine.Gpus.Length
        then
            Error(Mistake.moreProcessesThanGpus request.Processes machine.Gpus.Length)
        elif request.Processes > 0 then
            Ok(processes machine request.Processes)
        else
            match hostsOf request with
            | hosts when hosts.IsEmpty -> Ok machine
            | hosts -> Ok(HardwareSet.Named(machine, hosts))
