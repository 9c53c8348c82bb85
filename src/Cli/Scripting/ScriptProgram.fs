/// A script's program through the stages that a file's goes through.
module internal ParDsl.ScriptProgram

open System.Collections.Immutable
open ParDsl.Cli
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Cli.Running
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime.Hardware
open ParDsl.Runtime.Jobs
open ParDsl.Syntax

let private devices (options: TrainOptions) =
    DeviceRequest(options.Gpus, ImmutableArray.Empty, options.RequireGpu)

/// A script knows nothing of other processes: the first one says so, and all end.
let requireAlone () =
    match ScriptStop.orExplain JobLife.sizeAndRank with
    | 1, _ -> ()
    | size, 0 -> ScriptStop.stop ExitCode.SpecIsWrong [ JobErrors.ScriptInJob size ]
    | _ -> exit ExitCode.SpecIsWrong

let check (program: ProgramSyntax) =
    Spec.check program |> ScriptStop.valueOf

let resumed settings (program: ProgramSyntax) =
    ResumedBatch.apply settings program |> ScriptStop.valueOf

/// What there is to warn of this machine, told before the first plan of a script and not before each of a sweep.
let private warned = lazy (FoundHardware.here () |> snd |> Findings.print false)

let plan options (program: ProgramSyntax) : ExecutionPlan =
    warned.Force()

    Spec.provenPlanOf (HardwareProbe.Probe()) (devices options) program
    |> ScriptStop.valueOf
