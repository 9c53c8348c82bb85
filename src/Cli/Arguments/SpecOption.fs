namespace ParDsl.Cli.Arguments

open ParDsl.Compiler.Hardware

/// What several commands on a spec understand alike. Each command maps its own cases to these; what only it knows is left
/// out.
[<RequireQualifiedAccess>]
type SpecOption =
    | Files of string list
    | Gpus of string
    | Devices of string
    | RequireGpu
    | Set of string
    /// One of `--nodes`, `--hosts`, `--hostfile` and `--processes`, and its value.
    | Machines of option: string * value: string
    /// Hardware that is not here: `--on h100:8`.
    | On of string

module SpecOption =
    let files options =
        options
        |> List.collect (function
            | SpecOption.Files values -> values
            | _ -> [])

    /// The changes of `--set`, in the order of the words.
    let overrides options =
        options
        |> List.choose (function
            | SpecOption.Set value -> Some value
            | _ -> None)

    /// Which machines, or what is wrong with them.
    let machines options =
        options
        |> List.choose (function
            | SpecOption.Machines(option, value) -> Some(option, value)
            | _ -> None)
        |> MachineOptions.read

    /// The planner's request, or what is wrong with it.
    let deviceRequest options =
        let gpus =
            options
            |> List.tryPick (function
                | SpecOption.Gpus value -> Some value
                | _ -> None)

        let devices =
            options
            |> List.tryPick (function
                | SpecOption.Devices value -> Some value
                | _ -> None)

        DeviceOptions.read gpus devices (List.contains SpecOption.RequireGpu options)

    /// The hardware of `--on`; none where it is not asked for. What else says how many machines there are contradicts it.
    let knownHardware options =
        let named =
            options
            |> List.tryPick (function
                | SpecOption.On value -> Some value
                | _ -> None)

        let beside =
            options
            |> List.tryPick (function
                | SpecOption.Machines(option, _) -> Some option
                | _ -> None)

        match named, beside with
        | None, _ -> Ok None
        | Some _, Some option -> Error(Mistake.onBeside option)
        | Some text, None -> HardwareOption.read text |> Result.map Some

    /// The same on so many machines.
    let onMachines (machines: MachineRequest) (request: DeviceRequest) =
        if machines.Nodes = 0 then
            request
        else
            DeviceRequest(request.Count, request.Indices, request.RequireGpu, Nodes = machines.Nodes)
