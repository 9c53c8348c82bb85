/// What a plan is made for: hardware that is known by name, or what is here, with what there is to warn of.
module ParDsl.Cli.Pipeline.FoundHardware

open ParDsl.Cli.Arguments
open ParDsl.Runtime.Hardware

let find known machines =
    match known with
    | Some hardware -> Ok(hardware, [])
    | None ->
        let probed = HardwareProbe.Look()

        MachineOptions.hardware probed.Hardware machines
        |> Result.map (fun hardware -> hardware, Option.toList (Option.ofObj probed.Warning))
