/// `pardsl devices`: prints the devices that a run can use here, and how fast they are, where that was measured; with
/// `--calibrate` it measures it, and the layers of a spec.
module ParDsl.Cli.Commands.DevicesCommand

open System.Globalization
open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Cli.Running
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Hardware.Known
open ParDsl.Runtime
open ParDsl.Runtime.Calibration.Keeping
open ParDsl.Runtime.Hardware

type Argument =
    | [<MainCommand>] Words of FILE: string list
    | [<Unique>] Calibrate
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Words _ -> "with --calibrate, a spec whose layers are measured, too."
            | Calibrate ->
                "measure how fast this machine is, in a minute or two, and keep it for `plan` and `parallel auto`."
            | Set _ -> "change a `let` or an argument of the spec: --set width=64."
            | Json -> "print one JSON object, in one line."

let private gibibytes (bytes: int64) =
    (double bytes / double (1L <<< 30)).ToString("0.0", CultureInfo.InvariantCulture)
    + " GiB"

let private printDevices (hardware: HardwareDescription) =
    let cores = Figures.plural hardware.Cores "core"
    Terminal.tell $"cpu     {cores}, {gibibytes hardware.MemoryBytes}"

    for device in hardware.Gpus do
        Terminal.tell $"cuda:{device.Index}  {device.Name}, {gibibytes device.MemoryBytes}"

    if hardware.Gpus.IsEmpty then
        Terminal.tell "no GPU: a run's devices are virtual ones that share the cores"

let private printCalibration (hardware: HardwareDescription) (kept: MachineCalibration option) =
    match kept, Option.ofObj (KnownHardware.PerformanceOf hardware.Gpus) with
    | None, None ->
        Terminal.tell
            "not calibrated: `pardsl devices --calibrate` measures how fast it is, for `plan` and `parallel auto`"
    | None, Some known ->
        Terminal.tell $"as fast as {known.Origin}: `pardsl devices --calibrate` measures how fast it is"
    | Some kept, _ ->
        Terminal.tell $"{kept.Performance.Origin}; each rank's figures while all of them work:"
        ScreenTable.print (CalibrationTable.table kept.Performance)

        match kept.LayerCount with
        | 0 -> ()
        | count -> Terminal.tell $"""{Figures.plural count "layer"} of specs measured by name"""

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

let private calibrate json program () =
    let machine = HardwareProbe.Machine()

    try
        match MachineCalibrating.run machine program with
        | Ok calibration ->
            let shown = show json machine (Some calibration)

            if not json then
                program
                |> Option.iter (fun program -> LayerTable.print program machine.Gpus.Length calibration.Performance)

            shown
        | Error exitCode -> exitCode
    with :? RunFailedException as failure ->
        Findings.failure json failure

/// With a number for `batch auto`.
let private readSpec path overrides =
    let machine, _ = FoundHardware.here ()

    Spec.syntax path overrides
    |> Stage.next (Spec.settledBatch machine DeviceRequest.Unstated)
    |> Stage.next Spec.check

let private calibrateWith json path overrides () =
    let program = readSpec path overrides
    Findings.print json program.Diagnostics

    match program.Value with
    | None -> ExitCode.SpecIsWrong
    | Some program -> calibrate json (Some program) ()

let private spec argument =
    match argument with
    | Words values -> Some(SpecOption.Files values)
    | Set value -> Some(SpecOption.Set value)
    | Calibrate
    | Json -> None

let private start words =
    result {
        let! arguments = Options.parse "devices" Words [] words
        let json = List.contains Json arguments
        let options = List.choose spec arguments
        let overrides = SpecOption.overrides options

        match List.contains Calibrate arguments, SpecOption.files options with
        | true, [ file ] -> return calibrateWith json file overrides
        | _, [] when not overrides.IsEmpty -> return! Error(Mistake.optionWithout "--set" "--calibrate FILE")
        | true, [] -> return calibrate json None
        | false, [] -> return list json
        | true, files -> return! Error(Mistake.tooManyFiles "devices --calibrate" files)
        | false, words -> return! Error(Mistake.tooManyWords "devices" words)
    }
    |> Command.start

let command = {
    Name = "devices"
    Arguments = "[--calibrate [FILE]]"
    Summary = "list the devices of this machine, and measure how fast they are"
    Options = fun columns -> Options.usage<Argument> columns "devices"
    Run = start
}
