/// Trains a script's program: `digits |> Train.run` does what `pardsl run` does with a file.
module ParDsl.Train

open ParDsl.Cli
open ParDsl.Cli.Display
open ParDsl.Cli.Output
open ParDsl.Cli.Running
open ParDsl.Compiler.Plans
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Launching
open ParDsl.Runtime.Training
open ParDsl.Syntax

/// Nothing asked for: the devices and the length that the program says.
let options: TrainOptions = {
    Gpus = 0
    RequireGpu = false
    Steps = 0L
    Init = ""
    Resume = Resume.Never
    AllowChanged = false
    Out = ""
    Quiet = false
}

let private plain = options

let private given text = if text = "" then None else Some text

let private settings (options: TrainOptions) : TrainingRun.Settings = {
    Steps = options.Steps
    InitialWeights = given options.Init
    Out = given options.Out
    Resume = options.Resume
    AllowChanged = options.AllowChanged
    TimeLimit = None
    GathersCheckpoints = false
}

let private notices (options: TrainOptions) : TrainingRun.Notices = {
    Warn = Findings.print false
    Found = ignore
    GoesOn =
        fun point ->
            if not options.Quiet then
                Terminal.error (Opening.ofResume point)
}

let private announce (options: TrainOptions) plan =
    if not options.Quiet then
        Opening.ofPlan plan |> List.iter Terminal.error

let private close (options: TrainOptions) (interruption: Interruption) (report: TrainingReport) =
    if not options.Quiet then
        Closing.lines report |> List.iter Terminal.error

    // After Ctrl-C the rest of the script, a sweep say, is not wanted either.
    if report.WasInterrupted then
        exit interruption.ExitCode
    else
        report

/// A script is one process, on one machine.
let private planHere options program : ExecutionPlan =
    ScriptProgram.requireAlone ()
    let plan = ScriptProgram.plan options program
    ScriptStop.orExplain (fun () -> LaunchEnvironment.DemandOneMachine plan)
    plan

/// Trains to the end, with a line an epoch on standard error, and gives the report: `report.Validation["accuracy"]`.
let runWith (options: TrainOptions) (program: ProgramSyntax) : TrainingReport =
    HandOver.insteadOfTraining (options = plain) program
    let program = ScriptProgram.resumed (settings options) program
    let plan = planHere options program
    announce options plan
    use interruption = new Interruption(false)

    let work =
        TrainingRun.train
            (settings options)
            (notices options)
            (TrainingRun.alone (LocalEngine.Of plan))
            program
            plan
            interruption

    let display =
        if options.Quiet then
            RunDisplay.quiet
        else
            PlainDisplay.show Terminal.error

    ScriptStop.orExplain (fun () -> display work) |> close options interruption

let run (program: ProgramSyntax) : TrainingReport = runWith options program

/// A session to be driven step by step; it writes no files.
let startWith (options: TrainOptions) (program: ProgramSyntax) : Session =
    HandOver.refuseSession ()
    let program = ScriptProgram.resumed (settings options) program
    let plan = planHere options program
    announce options plan

    let prepare () =
        TrainingRun.inMemory (settings options) (notices options) program plan

    new Session(ScriptStop.orExplain prepare)

let start (program: ProgramSyntax) : Session = startWith options program
