/// `pardsl devices --calibrate`: this machine is measured and the figures are kept; a signal leaves those that were there.
module ParDsl.Cli.Running.MachineCalibrating

open System
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware
open ParDsl.Runtime.Calibration
open ParDsl.Runtime.Calibration.Keeping

let private measure (hardware: HardwareDescription) token =
    CalibrationStore.RequireRoom()
    Terminal.error "measuring this machine, which takes a minute or two; nothing else should run meanwhile"

    let calibration =
        Calibrator.Run(hardware, (fun words -> Terminal.error $"  {words}"), token)

    CalibrationStore.Keep calibration
    calibration

/// What was measured, or the exit code where it was interrupted.
let run hardware =
    use interruption = new Interruption(false)

    try
        Ok(measure hardware interruption.Token)
    with :? OperationCanceledException ->
        Terminal.error "interrupted: what was kept before stays as it was"
        Error interruption.ExitCode
