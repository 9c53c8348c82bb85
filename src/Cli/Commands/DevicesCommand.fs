/// `pardsl devices`: prints the devices that a run can use here, and how fast they are, where that was measured; with
/// `--calibrate` it measures it.
module ParDsl.Cli.Commands.DevicesCommand

open System.Globalization
open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Running
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Hardware.Known
open ParDsl.Runtime
open ParDsl.Runtime.Calibration.Keeping
open ParDsl.Runtime.Hardware

type Argument =
    | [<MainCommand>] Words of WORD: string list
    | [<Unique>] Calibrate
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Words _ -> "none."
            | Calibrate ->
                "measure how fast this machine is, in a minute or two, and keep it for `plan` and `parallel auto`."
            | Json -> "print one JSON object, in one line."

let private gibibytes (bytes: int64) =
    (double bytes / double (1L <<< 30)).ToString("0.0", CultureInfo.InvariantCulture)
    + " GiB"

let private printDevices (hardware: HardwareDescription) =
    let cores = Figures.plural hardware.Cores "core"
    Terminal.output $"cpu     {cores}, {gibibytes hardware.MemoryBytes}"

    for device in hardware.Gpus do
        Terminal.output $"cuda:{device.Index}  {device.Name}, {gibibytes device.MemoryBytes}"

    if hardware.Gpus.IsEmpty then
        Terminal.output "no GPU: a run's devices are virtual ones that share the cores"

let private printCalibration (hardware: HardwareDescription) (kept: MachineCalibration option) =
    match kept, Option.ofObj (KnownHardware.PerformanceOf hardware.Gpus) with
    | None, None ->
        Terminal.output
            "not calibrated: `pardsl devices --calibrate` measures how fast it is, for `plan` and `parallel auto`"
    | None, Some known ->
        Terminal.output $"as fast as {known.Origin}: `pardsl devices --calibrate` measures how fast it is"
    | Some kept, _ ->
        Terminal.output $"{kept.Performance.Origin}; each rank's figures while all of them work:"
        CalibrationTable.print kept.Performance

let private show json (hardware: HardwareDescription) kept =
    if json then
        Terminal.output (CalibrationEvents.devices hardware kept)
    else
        printDevices hardware
        printCalibration hardware kept

    ExitCode.Done

let private list json () =
    let machine = HardwareProbe.Machine()
    let found = CalibrationStore.Find machine
    found.Warning |> Option.ofObj |> Option.toList |> Findings.print json
    show json machine (Option.ofObj found.Calibration)

let private calibrate json () =
    let machine = HardwareProbe.Machine()

    try
        match MachineCalibrating.run machine with
        | Ok calibration -> show json machine (Some calibration)
        | Error exitCode -> exitCode
    with :? RunFailedException as failure ->
        Findings.failure json failure

let private start words =
    result {
        let! arguments = Options.parse "devices" Words [] words
        let json = List.contains Json arguments

        match
            arguments
            |> List.collect (function
                | Words values -> values
                | Calibrate
                | Json -> [])
        with
        | [] when List.contains Calibrate arguments -> return calibrate json
        | [] -> return list json
        | words -> return! Error(Mistake.tooManyWords "devices" words)
    }
    |> Command.start

let command = {
    Name = "devices"
    Arguments = "[--calibrate]"
    Summary = "list the devices of this machine, and measure how fast they are"
    Options = fun () -> Options.usage<Argument> "devices"
    Run = start
}
