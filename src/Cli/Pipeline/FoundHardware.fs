/// What a plan is made for: hardware that is known by name, or what is here, with what there is to warn of.
module ParDsl.Cli.Pipeline.FoundHardware

open ParDsl.Cli.Arguments
open ParDsl.Runtime.Hardware

/// This machine.
let here () =
    let probed = HardwareProbe.Look()
    probed.Hardware, Option.toList (Option.ofObj probed.Warning)

/// Known hardware, where it was named, or this machine: there is nothing to warn of the first.
let knownOrHere known =
    known |> Option.map (fun hardware -> hardware, []) |> Option.defaultWith here

let find known machines =
    match known with
    | Some hardware -> Ok(hardware, [])
    | None ->
        let hardware, warnings = here ()

        MachineOptions.hardware hardware machines
        |> Result.map (fun hardware -> hardware, warnings)
