/// A script's program through the stages that a file's goes through.
module internal ParDsl.ScriptProgram

open System.Collections.Immutable
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime.Hardware
open ParDsl.Syntax

let private devices (options: TrainOptions) =
    DeviceRequest(options.Gpus, ImmutableArray.Empty, options.RequireGpu)

let check (program: ProgramSyntax) =
    Spec.check program |> ScriptStop.valueOf

let plan options (program: ProgramSyntax) : ExecutionPlan =
    Spec.provenPlanOf (HardwareProbe.Probe()) (devices options) program
    |> ScriptStop.valueOf
