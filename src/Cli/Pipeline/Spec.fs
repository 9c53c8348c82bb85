/// From a path to a plan: each function goes one stage further than the one above it. Nothing here loads libtorch.
module ParDsl.Cli.Pipeline.Spec

open System.Collections.Immutable
open ParDsl.Cli.Output
open ParDsl.Compiler
open ParDsl.Compiler.Binding
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Checking
open ParDsl.Compiler.Data
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Planning
open ParDsl.Compiler.Plans
open ParDsl.Diagnostics
open ParDsl.Imports
open ParDsl.Overrides
open ParDsl.Parsing
open ParDsl.Runtime.Data
open ParDsl.Source
open ParDsl.Syntax

let private unlessWrong diagnostics value = {
    Value =
        if Seq.exists Findings.isError diagnostics then
            None
        else
            Some value
    Diagnostics = List.ofSeq diagnostics
}

/// The tree where the text has no mistake.
let ofParse (result: ParseResult) =
    unlessWrong result.Diagnostics result.Program

/// The text where it could be read.
let ofReading (reading: SourceReading) =
    unlessWrong reading.Diagnostics reading.File

let source path = ofReading (SourceReader.read path)

let parseText (file: SourceFile) : Stage<ProgramSyntax> = ofParse (Parser.parse file)

/// With what the file imports; the mistakes in it and in its imports come together.
let private parseWithImports (file: SourceFile) : Stage<ProgramSyntax> =
    let parsed = Parser.parse file
    let whole = Imports.fromFiles parsed.Program
    ofParse { whole with Diagnostics = Seq.toArray (Seq.append parsed.Diagnostics whole.Diagnostics) }

/// A script is evaluated up to its program.
let private read path : Stage<ProgramSyntax> =
    if ScriptFile.isScript path then
        source path |> Stage.next ScriptFile.program |> Stage.next parseText
    else
        source path |> Stage.next parseWithImports

/// The tree of the file and its imports, with the words of `--set` in it.
let syntax path (overrides: string list) =
    let apply program =
        if overrides.IsEmpty then
            Stage.ofValue program
        else
            ofParse (Overrides.apply program overrides)

    read path |> Stage.next apply

/// What the headers of the data's files say.
let describe program : Stage<DatasetDescription> =
    DataBinder.Bind program
    |> Stage.ofResult
    |> Stage.next (DatasetProbe.Describe >> Stage.ofResult)

/// The check with a description that is there already, or why there is none.
let checkWith (described: Stage<DatasetDescription>) program : Stage<CheckedProgram> =
    let result = Checker.Check(program, Option.toObj described.Value) |> Stage.ofResult

    {
        Value = if described.Value.IsSome then result.Value else None
        Diagnostics = described.Diagnostics @ result.Diagnostics
    }

/// The files are described where the data block is sound; where it is not, all else is checked without them.
let check program = checkWith (describe program) program

let checkedProgram path overrides =
    syntax path overrides |> Stage.next check

let private prove (plan: ExecutionPlan) : Stage<ExecutionPlan> =
    Stage.ofResult (StageResult<ExecutionPlan>(plan, PlanChecker.Check plan))

let private layOut hardware (request: DeviceRequest) checkedProgram : Stage<ExecutionPlan> =
    Planner.Plan(checkedProgram, hardware, request) |> Stage.ofResult

/// A checked program over devices, and the proof that the plan cannot deadlock.
let provenLayout hardware request checkedProgram =
    layOut hardware request checkedProgram |> Stage.next prove

/// The program with this batch, instead of the one that it says or leaves to the planner.
let withBatch (batch: int64) program : Stage<ProgramSyntax> =
    ofParse (Overrides.apply program [ $"train.batch={batch}" ])

/// The same program with a number where it says `batch auto`: what these devices hold in the program's own layout.
let settledBatch hardware request program : Stage<ProgramSyntax> =
    match (check program).Value with
    | Some value when value.Training.FindsBatch ->
        layOut hardware request value
        |> Stage.next (fun plan -> withBatch plan.Program.Training.GlobalBatch program)
    | _ -> Stage.ofValue program

/// The plan of a tree that is there already, a script's for one.
let planOf hardware (request: DeviceRequest) program : Stage<ExecutionPlan> =
    check program |> Stage.next (layOut hardware request)

/// The plan and the proof that it cannot deadlock: for what is run or shown. It takes as long as all stages before it.
let provenPlanOf hardware request program =
    planOf hardware request program |> Stage.next prove

let provenPlan path overrides hardware request =
    syntax path overrides |> Stage.next (provenPlanOf hardware request)

let plan path overrides hardware request =
    syntax path overrides |> Stage.next (planOf hardware request)
