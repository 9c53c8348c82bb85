/// Compares a spec's layouts with one device: plans each, trains both, and tells every layout's outcome when it is there.
module ParDsl.Cli.Running.SpecComparison

open System.Collections.Generic
open System.Collections.Immutable
open System.Threading
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Data
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Overrides
open ParDsl.Runtime
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Verifying
open ParDsl.Syntax

/// A spec whose layouts are all sound, each with its own parallel block.
type Comparison = {
    Program: ProgramSyntax
    Described: Stage<DatasetDescription>
    Layouts: (string * CheckedProgram) list
}

/// The spec and each layout are checked before anything runs: all mistakes come together.
let prepare (program: ProgramSyntax) layouts : Stage<Comparison> =
    let described = Spec.describe program
    let quiet = { described with Diagnostics = [] }
    let spec = Spec.checkWith described program

    let checkLayout words =
        words, Layouts.apply program words |> Stage.next (Spec.checkWith quiet)

    let checkedLayouts =
        if spec.Value.IsSome then
            List.map checkLayout layouts
        else
            []

    let sound = [
        for words, stage in checkedLayouts do
            for layout in Option.toList stage.Value do
                words, layout
    ]

    // What only warns was said of the spec itself.
    let mistakes = [
        for _, stage in checkedLayouts do
            if stage.Value.IsNone then
                yield! stage.Diagnostics
    ]

    {
        Value =
            if spec.Value.IsSome && mistakes.IsEmpty then
                Some { Program = program; Described = quiet; Layouts = sound }
            else
                None
        Diagnostics = spec.Diagnostics @ mistakes
    }

/// What a spec is compared on.
type Ground = {
    /// Where its layouts run.
    Hardware: HardwareDescription
    /// Where one device runs.
    Alone: HardwareDescription
    /// Which devices of each machine.
    Devices: DeviceRequest
    Engine: ExecutionPlan -> IEngine
}

/// On the machines that are there, whatever number of them the program says.
let private laidOut (hardware: HardwareDescription) (devices: DeviceRequest) program =
    let request =
        DeviceRequest(devices.Count, devices.Indices, devices.RequireGpu, Nodes = hardware.MachineCount)

    Spec.provenLayout hardware request program

/// The first of those that are asked for by number.
let private oneOf (devices: DeviceRequest) =
    let first = devices.Indices |> Seq.truncate 1 |> ImmutableArray.CreateRange
    DeviceRequest(first.Length, first, devices.RequireGpu)

/// The same spec on one device, cut into so many micro-batches one after the other.
let private planAlone ground comparison (microBatchCount: int) =
    Layouts.apply comparison.Program "data=1"
    |> Stage.next (fun program -> Spec.ofParse (Overrides.apply program [ $"train.accumulate={microBatchCount}" ]))
    |> Stage.next (Spec.checkWith comparison.Described)
    |> Stage.next (laidOut ground.Alone (oneOf ground.Devices))

/// A function that works out what each key stands for once.
let private once (work: 'key -> 'value) =
    let known = Dictionary<'key, 'value>()

    fun key ->
        match known.TryGetValue key with
        | true, value -> value
        | _ ->
            let value = work key
            known.Add(key, value)
            value

let private mistakes (stage: Stage<ExecutionPlan>) =
    stage.Diagnostics |> List.filter Findings.isError

let private compare (verifier: Verifier) alone cancellation (layout: Stage<ExecutionPlan>) =
    match layout.Value with
    | None -> LayoutOutcome.DoesNotFit(mistakes layout)
    | Some plan ->
        let reference: Stage<ExecutionPlan> = alone plan.Batch.MicroBatchCount

        match reference.Value with
        | None -> LayoutOutcome.DoesNotFit(mistakes reference)
        | Some alone ->
            try
                LayoutOutcome.Compared(verifier.Compare(plan, alone, cancellation))
            with :? RunFailedException as failure ->
                LayoutOutcome.Failed failure

/// The outcomes in the layouts' order; `tell` hears of each at once.
let run (ground: Ground) (steps: int64) (tolerance: double) (cancellation: CancellationToken) tell comparison =
    use verifier =
        new Verifier(comparison.Layouts.Head |> snd, steps, tolerance, ground.Engine)

    let alone = once (planAlone ground comparison)

    [
        for words, program in comparison.Layouts do
            let outcome =
                laidOut ground.Hardware ground.Devices program
                |> compare verifier alone cancellation

            tell words outcome
            words, outcome
    ]
