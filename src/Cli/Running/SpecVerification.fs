/// `pardsl verify`: the comparison with its progress, its table or its events, and its exit code.
module ParDsl.Cli.Running.SpecVerification

open System
open System.Threading
open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Hardware
open ParDsl.Runtime
open ParDsl.Runtime.Engines
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

let private compare request ground cancellation talks (comparison: SpecComparison.Comparison) =
    let program = comparison.Layouts.Head |> snd
    let tolerance = toleranceOf request program

    if talks then
        announce request program comparison.Layouts.Length

    let tell layout outcome =
        if talks then
            tell request tolerance layout outcome

    let outcomes =
        comparison
        |> SpecComparison.run ground request.Steps tolerance cancellation tell

    if talks && not request.Json then
        Comparison.print ScreenTable.print Terminal.tell tolerance outcomes

    exitCode request outcomes

let private compareHere request hardware comparison =
    use interruption = new Interruption(false)

    let ground: SpecComparison.Ground = {
        Hardware = hardware
        Alone = hardware
        Devices = request.Devices
        Engine = LocalEngine.Of
    }

    try
        compare request ground interruption.Token true comparison
    with :? OperationCanceledException ->
        ExitCode.Interrupted

/// All layouts learn with one batch: where the spec says `batch auto`, with what its own layout finds here.
let private prepare request (hardware: HardwareDescription) program =
    let layouts =
        request.Layouts |> Option.defaultWith (fun () -> Layouts.automatic program)

    program
    |> Spec.settledBatch hardware (DeviceRequest.OnMachines hardware.MachineCount)
    |> Stage.next (fun program -> SpecComparison.prepare program layouts)

let private runAlone request =
    let hardware, warnings = FoundHardware.here ()
    Findings.print request.Json warnings

    let comparison =
        Spec.syntax request.File request.Overrides
        |> Stage.next (prepare request hardware)

    Findings.print request.Json comparison.Diagnostics

    match comparison.Value with
    | Some comparison -> compareHere request hardware comparison
    | None -> ExitCode.SpecIsWrong

/// Every process compares, with the same numbers; the first one tells. What ends one of them ends all.
let private runInJob request (joined: JobLife.JoinedJob) =
    let job = joined.Job
    let hardware = job.Hardware()

    let comparison =
        JobStages.spec job request.File request.Overrides Stage.ofValue
        |> Stage.next (prepare request hardware)
        |> JobStages.agree job

    Findings.print joined.Json (Option.toList (Option.ofObj job.Warning) @ comparison.Diagnostics)

    let ground: SpecComparison.Ground = {
        Hardware = hardware
        Alone = job.OwnShare()
        Devices = request.Devices
        Engine = fun _ -> joined.Engine
    }

    match comparison.Value with
    | Some comparison ->
        JobLife.watched joined (fun _ -> compare request ground CancellationToken.None job.IsFirst comparison)
    | None -> ExitCode.SpecIsWrong

let run (request: VerifyRequest) =
    JobLife.start request.Json (fun () -> runAlone request) (runInJob request)
