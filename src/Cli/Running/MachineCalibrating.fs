/// `pardsl devices --calibrate`: this machine is measured, and the layers of a spec, and the figures are kept; a signal leaves
/// those that were there.
module ParDsl.Cli.Running.MachineCalibrating

open System
open ParDsl.Cli.Output
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Hardware
open ParDsl.Runtime.Calibration
open ParDsl.Runtime.Calibration.Keeping

let private tell (words: string) = Terminal.error $"  {words}"

/// What is found is kept at once, with the layers that were measured before.
let private measureMachine (hardware: HardwareDescription) token (kept: MachineCalibration option) =
    Terminal.error "measuring this machine, which takes a minute or two; nothing else should run meanwhile"
    let machine = Calibrator.Run(hardware, tell, token)

    let calibration =
        kept |> Option.map machine.WithSpecsOf |> Option.defaultValue machine

    CalibrationStore.Keep calibration
    calibration

let private measureLayers (hardware: HardwareDescription) token calibration (program: CheckedProgram) =
    Terminal.error
        "measuring layers, some dozens of updates for each number of ranks; nothing else should run meanwhile"

    let measured = LayerCalibrator.Run(calibration, program, hardware, tell, token)
    CalibrationStore.Keep measured
    measured

/// Where a spec is given, the machine is measured only where it was not.
let private measure hardware (program: CheckedProgram option) token =
    CalibrationStore.RequireRoom()
    let kept = Option.ofObj (CalibrationStore.Find hardware).Calibration

    let machine =
        match kept, program with
        | Some kept, Some _ -> kept
        | _ -> measureMachine hardware token kept

    program |> Option.fold (measureLayers hardware token) machine

/// What was measured, or the exit code where it was interrupted.
let run hardware program =
    use interruption = new Interruption(false)

    try
        Ok(measure hardware program interruption.Token)
    with :? OperationCanceledException ->
        Terminal.error "interrupted: what was kept before stays as it was"
        Error interruption.ExitCode
