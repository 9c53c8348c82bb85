/// `pardsl verify`: the comparison with its progress, its table or its events, and its exit code.
module ParDsl.Cli.Running.SpecVerification

open System
open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Checked
open ParDsl.Runtime
open ParDsl.Runtime.Hardware
open ParDsl.Runtime.Verifying

let private toleranceOf request (program: CheckedProgram) =
    request.Tolerance
    |> Option.defaultWith (fun () -> Verifier.ToleranceOf program.Training.Precision)

let private announce request (program: CheckedProgram) layoutCount =
    if not request.Json then
        let updates = Figures.plural request.Steps "update"
        let layouts = Figures.plural layoutCount "layout"
        let precision = program.Training.Precision.Name()
        Terminal.error $"{program.Name}: {updates} in {precision} on {layouts}, each beside one device"

let private tell request tolerance layout outcome =
    if request.Json then
        Terminal.output (Events.layout layout tolerance outcome)
    elif LayoutOutcome.fits outcome then
        Terminal.error $"{layout} done"

/// A layout that the command line names must fit; of the common ones, one is enough.
let private exitCode request outcomes =
    let outcomes = List.map snd outcomes
    let run, refused = List.partition LayoutOutcome.fits outcomes

    if not (List.forall LayoutOutcome.passes run) then
        ExitCode.RunFailed
    elif run.IsEmpty || (request.Layouts.IsSome && not refused.IsEmpty) then
        ExitCode.SpecIsWrong
    else
        ExitCode.Done

let private compare request (comparison: SpecComparison.Comparison) =
    use interruption = new Interruption()
    let program = comparison.Layouts.Head |> snd
    let tolerance = toleranceOf request program
    announce request program comparison.Layouts.Length

    let outcomes =
        comparison
        |> SpecComparison.run
            (HardwareProbe.Probe())
            request.Steps
            tolerance
            interruption.Token
            (tell request tolerance)

    if not request.Json then
        Comparison.print Terminal.outputConsole.Value Terminal.output tolerance outcomes

    exitCode request outcomes

let private compareOrExplain request comparison =
    try
        compare request comparison
    with
    | :? OperationCanceledException -> ExitCode.Interrupted
    | :? RunFailedException as failure -> Findings.failure request.Json failure

let run request =
    let comparison =
        Spec.syntax request.File request.Overrides
        |> Stage.next (fun program ->
            request.Layouts
            |> Option.defaultWith (fun () -> Layouts.automatic program)
            |> SpecComparison.prepare program)

    Findings.print request.Json comparison.Diagnostics

    match comparison.Value with
    | Some comparison -> compareOrExplain request comparison
    | None -> ExitCode.SpecIsWrong
