/// A plan is trained and its folder kept: plan.txt, the spec with its defaults, metrics, TensorBoard events, checkpoints.
/// Files and scripts both run this way. The folder is proven writable first, and taken back where the run never began.
module ParDsl.Cli.Running.TrainingRun

open System
open System.Collections.Immutable
open ParDsl.Compiler.Binding
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Printing
open ParDsl.Runtime.Building
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Reporting
open ParDsl.Runtime.Training
open ParDsl.Syntax

/// What the user says of a run beside the spec; 0 steps: as the spec says.
type Settings = {
    Steps: int64
    InitialWeights: string option
    /// The folder, instead of runs/NAME/TIMESTAMP.
    Out: string option
}

/// The program as a spec that is the same run in any folder.
let wholeSpec (program: ProgramSyntax) checkedProgram =
    DefaultsWriter.WithDefaults(program, checkedProgram, Environment.CurrentDirectory)
    |> SyntaxPrinter.print

let private build settings (engine: IEngine) program (plan: ExecutionPlan) (folder: RunFolder) =
    try
        folder.WriteTexts(PlanPrinter.Print plan, wholeSpec program plan.Program)

        let options =
            RunOptions(folder.Path, settings.Steps, Option.toObj settings.InitialWeights)

        SessionBuilder.Build(plan, options, engine)
    with _ ->
        folder.Discard()
        reraise ()

/// The session is built, run and disposed of on the caller's thread. The program is the one that the plan was made of.
let train settings (engine: IEngine) program (plan: ExecutionPlan) (interruption: Interruption) display =
    use folder =
        RunFolder.Create(plan.Program.Name, DateTimeOffset.Now, Option.toObj settings.Out)

    use session =
        interruption.Preparing folder.Discard (fun () -> build settings engine program plan folder)

    let observers = ImmutableArray.Create<ITrainingObserver>(folder.Observe(), display)
    session.Run(ObserverGroup observers, interruption.Token)

/// The same for a process of a job that is not the first: its ranks take part, and it writes nothing.
let assist settings (engine: IEngine) (plan: ExecutionPlan) (interruption: Interruption) display =
    let options =
        RunOptions(null, settings.Steps, Option.toObj settings.InitialWeights, KeepsCheckpoints = true)

    use session =
        interruption.Preparing ignore (fun () -> SessionBuilder.Build(plan, options, engine))

    session.Run(display, interruption.Token)
