/// A plan is trained and its folder kept: plan.txt, the spec with its defaults, metrics, TensorBoard events, checkpoints.
/// Files and scripts both run this way. The folder is proven writable first, and taken back where the run never began.
module ParDsl.Cli.Running.TrainingRun

open System
open System.Collections.Immutable
open ParDsl
open ParDsl.Compiler.Binding
open ParDsl.Compiler.Plans
open ParDsl.Compiler.Printing
open ParDsl.Diagnostics
open ParDsl.Printing
open ParDsl.Runtime
open ParDsl.Runtime.Building
open ParDsl.Runtime.Engines
open ParDsl.Runtime.Jobs
open ParDsl.Runtime.Reporting
open ParDsl.Runtime.Training
open ParDsl.Syntax

/// What the user says of a run beside the spec; 0 steps: as the spec says.
type Settings = {
    Steps: int64
    InitialWeights: string option
    /// The folder, instead of runs/NAME/TIMESTAMP.
    Out: string option
    Resume: Resume
    /// Whether a run goes on with a spec that teaches something else.
    AllowChanged: bool
    /// From the process's start to its end.
    TimeLimit: TimeSpan option
    /// Whether the first process of a job writes all of a checkpoint, instead of each its own part.
    GathersCheckpoints: bool
}

/// What a session's ranks work with.
type Workplace = {
    Engine: IEngine
    /// Null where this process is alone.
    Mail: IJobMail | null
}

/// Of a process that is alone.
let alone engine = { Engine = engine; Mail = null }

/// What is said before the first step.
type Notices = {
    Warn: Diagnostic list -> unit
    /// Where the run goes on from, when it is known; a job's processes hear of it.
    Found: ResumePoint -> unit
    /// The same when the run is about to begin, for the user.
    GoesOn: ResumePoint -> unit
}

/// The program as a spec that is the same run in any folder.
let wholeSpec (program: ProgramSyntax) checkedProgram =
    DefaultsWriter.WithDefaults(program, checkedProgram, Environment.CurrentDirectory)
    |> SyntaxPrinter.print

let private options settings spec workplace (point: ResumePoint option) (report: RunReport) (folder: RunFolder) =
    let options =
        RunOptions(
            folder.Path,
            settings.Steps,
            Option.toObj settings.InitialWeights,
            Spec = spec,
            Resume = Option.toObj point,
            GathersCheckpoints = settings.GathersCheckpoints,
            Mail = workplace.Mail,
            TimeLeft = (settings.TimeLimit |> Option.map RunningTime.left |> Option.toNullable)
        )

    options.With report.Timeline

/// Where a run of that spec goes on; none where it starts anew.
let find settings name =
    match settings.Resume with
    | Resume.Never -> None
    | Resume.Newest -> Some(ResumeSearch.Newest name)
    | Resume.From path -> Some(ResumeSearch.At(path, settings.Out.IsSome))

/// A checkpoint of another learning is refused, unless the user wants it so.
let private fitting settings spec plan (point: ResumePoint) =
    if point.Fits plan then
        point
    elif settings.AllowChanged then
        point.WarnOf plan
    else
        let changes = SpecDifferences.ofTexts point.Checkpoint.State.Spec spec
        raise (point.Refusal changes)

let private pointFor settings notices spec (plan: ExecutionPlan) =
    let point =
        find settings plan.Program.Name |> Option.map (fitting settings spec plan)

    point |> Option.iter (fun point -> notices.Warn(List.ofSeq point.Warnings))
    point |> Option.iter notices.Found
    point

let private folderOf settings (plan: ExecutionPlan) (point: ResumePoint option) =
    match point, settings.Out with
    | Some point, None -> RunFolder.Reopen(point.RunDirectory, plan.Program.Name)
    | _ -> RunFolder.Create(plan.Program.Name, DateTimeOffset.Now, Option.toObj settings.Out)

let private build settings spec workplace plan point (report: RunReport) (folder: RunFolder) =
    try
        report.RanksBegin()
        SessionBuilder.Build(plan, options settings spec workplace point report folder, workplace.Engine)
    with _ ->
        folder.Discard()
        reraise ()

/// The files that a run begins with; one that goes on cuts its metrics where the checkpoint is.
let private openFiles settings spec plan (point: ResumePoint option) (folder: RunFolder) =
    match point with
    | Some point when settings.Out.IsNone -> folder.GoOn point.Checkpoint.State.Step
    | _ -> ()

    folder.WriteTexts(PlanPrinter.Print plan, spec)

/// A run that has done its work is done, with or without its report.
let private writeReport (folder: RunFolder) report warn =
    try
        folder.WriteReport(report, null)
    with :? RunFailedException as trouble ->
        warn [ { trouble.Diagnostic with Severity = Severity.Warning } ]

/// Of a run that failed, that is what the user must hear.
let private writeFailureReport (folder: RunFolder) report failure =
    try
        folder.WriteReport(report, failure)
    with :? RunFailedException ->
        ()

let private runWatched (folder: RunFolder) (report: RunReport) warn (session: TrainingSession) display token =
    let observers =
        ImmutableArray.Create<ITrainingObserver>(folder.Observe(), display, report)

    try
        let result = session.Run(ObserverGroup observers, token)
        writeReport folder report warn
        result
    with :? RunFailedException as failure ->
        writeFailureReport folder report failure
        reraise ()

let private runSession folder report warn (session: TrainingSession) (display: ITrainingObserver) interruption =
    let token = (interruption: Interruption).Token

    if session.HasEnded then
        session.Run(display, token)
    else
        runWatched folder report warn session display token

/// The session is built, run and disposed of on the caller's thread. The program is the one that the plan was made of.
let train
    settings
    notices
    workplace
    program
    (plan: ExecutionPlan)
    (interruption: Interruption)
    (display: ITrainingObserver)
    =
    let spec = wholeSpec program plan.Program
    let point = pointFor settings notices spec plan
    use folder = folderOf settings plan point
    let report = RunReport plan
    let isNew = point.IsNone || settings.Out.IsSome

    let undo () =
        folder.Discard()

        if isNew then
            "the run has left no files"
        else
            "the run's folder is as it was"

    let prepare () =
        if isNew then
            try
                openFiles settings spec plan point folder
            with _ ->
                folder.Discard()
                reraise ()

        let session = build settings spec workplace plan point report folder

        try
            if not isNew && not session.HasEnded then
                openFiles settings spec plan point folder
        with _ ->
            session.Dispose()
            reraise ()

        session

    use session = interruption.Preparing undo prepare
    point |> Option.iter notices.GoesOn
    runSession folder report notices.Warn session display interruption

/// The same for a process of a job that is not the first: its ranks take part, and it writes at most its part of checkpoints.
let assist settings checkpoint workplace (plan: ExecutionPlan) (interruption: Interruption) display =
    let point =
        match settings.Resume with
        | Resume.Never -> None
        | Resume.Newest
        | Resume.From _ -> Some(ResumeSearch.Told(checkpoint ()))

    let options =
        RunOptions(
            null,
            settings.Steps,
            Option.toObj settings.InitialWeights,
            KeepsCheckpoints = true,
            GathersCheckpoints = settings.GathersCheckpoints,
            Mail = workplace.Mail,
            Resume = Option.toObj point
        )

    let undo () = ""

    use session =
        interruption.Preparing undo (fun () -> SessionBuilder.Build(plan, options, workplace.Engine))

    session.Run(display, interruption.Token)

/// A session that writes no files, from where the settings say.
let inMemory settings notices program (plan: ExecutionPlan) =
    let point = pointFor settings notices (wholeSpec program plan.Program) plan
    point |> Option.iter notices.GoesOn
    let weights = Option.toObj settings.InitialWeights
    SessionBuilder.Build(plan, RunOptions(null, settings.Steps, weights, Resume = Option.toObj point))
