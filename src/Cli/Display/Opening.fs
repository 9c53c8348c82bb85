/// The first lines of a run: what is trained, on what, and what the planner wants known (virtual devices stand in, say).
module ParDsl.Cli.Display.Opening

open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Plans
open ParDsl.Runtime.Training

let private deviceNoun (devices: DeviceDescription list) =
    match devices with
    | device :: _ when device.Kind = DeviceKind.Cuda -> device.Name
    | _ -> "virtual CPU device"

let private devices (plan: ExecutionPlan) =
    let devices = [ for rank in plan.Ranks -> rank.Device ]
    let threads = devices |> List.map _.Threads |> List.distinct

    let share =
        match devices, threads with
        | device :: _, [ threads ] when device.Kind = DeviceKind.VirtualCpu ->
            ", " + Figures.plural threads "thread" + " each"
        | _ -> ""

    Figures.plural devices.Length (deviceNoun devices) + share

/// Where the ranks are no threads of one process.
let private spread (plan: ExecutionPlan) =
    let machines = plan.Hardware.MachineCount

    let places = if machines > 1 then $" of {machines} machines" else ""

    match plan.Engine.Kind with
    | EngineKind.Threads -> ""
    | EngineKind.Mpi -> $"{places}, over MPI"
    | _ -> $"{places}, over NCCL"

/// Before the first step: known as soon as there is a plan.
let ofPlan (plan: ExecutionPlan) = [
    yield $"{plan.Program.Name}: {plan.Strategy} on {devices plan}{spread plan}"

    for note in plan.Notes do
        yield $"note: {note}"
]

/// When the data is there.
let ofStart (start: RunStart) =
    let training = start.Plan.Program.Training

    let parts = [
        $"{Figures.count start.Plan.ParameterCount} parameters"
        $"{Figures.count start.TrainingCount} training samples"
        if start.ValidationCount > 0L then
            $"{Figures.count start.ValidationCount} validation"
        if start.TestCount > 0L then
            $"{Figures.count start.TestCount} test"
        $"batch {Figures.count training.GlobalBatch}"
        Figures.plural start.TotalSteps "step"
    ]

    String.concat ", " parts

/// What a run goes on from.
let ofResume (point: ResumePoint) =
    let state = point.Checkpoint.State
    $"going on from {point.Checkpoint.Path}, step {state.Step} of epoch {state.Epoch}"
