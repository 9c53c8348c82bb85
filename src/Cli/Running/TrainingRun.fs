/// A plan is trained and its folder kept: plan.txt, the spec, metrics, TensorBoard events, checkpoints. Files and scripts
/// both run this way. The folder is proven writable first, and taken back where the run never began.
module ParDsl.Cli.Running.TrainingRun

open System
open System.Collections.Immutable
open System.Threading
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Runtime.Building
open ParDsl.Runtime.Reporting
open ParDsl.Runtime.Training

/// What the user says of a run beside the spec; 0 steps: as the spec says.
type Settings = {
    Steps: int64
    InitialWeights: string option
    /// The folder, instead of runs/NAME/TIMESTAMP.
    Out: string option
}

let private build settings (plan: ExecutionPlan) (folder: RunFolder) =
    try
        folder.WriteTexts(PlanPrinter.Print plan, CheckedProgramPrinter.Print plan.Program)
        SessionBuilder.Build(plan, RunOptions(folder.Path, settings.Steps, Option.toObj settings.InitialWeights))
    with _ ->
        folder.Discard()
        reraise ()

/// The session is built, run and disposed of on the caller's thread.
let train settings (plan: ExecutionPlan) (cancellation: CancellationToken) (display: ITrainingObserver) =
    use folder =
        RunFolder.Create(plan.Program.Name, DateTimeOffset.Now, Option.toObj settings.Out)

    use session = build settings plan folder
    let observers = ImmutableArray.Create<ITrainingObserver>(folder.Observe(), display)
    session.Run(ObserverGroup observers, cancellation)
