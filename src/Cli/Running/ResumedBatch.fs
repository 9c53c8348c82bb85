/// `batch auto` in a spec whose run goes on: it learns with the batch that its checkpoint has learned with, whatever the
/// devices hold now.
module ParDsl.Cli.Running.ResumedBatch

open System.IO
open ParDsl.Cli.Pipeline
open ParDsl.Parsing
open ParDsl.Runtime
open ParDsl.Syntax

let private calls (statements: StatementSyntax seq) name = [
    for statement in statements do
        match statement with
        | StatementSyntax.Call call when call.Name.Text = name -> call
        | _ -> ()
]

/// What stands behind `batch`, where it is written.
let private written (program: ProgramSyntax) = [
    for train in calls program.Statements "train" do
        for batch in calls train.Block "batch" do
            for argument in batch.Arguments do
                argument.Value
]

let private isAuto program =
    match written program with
    | ExpressionSyntax.Name name :: _ -> name.Text = "auto"
    | _ -> false

/// A checkpoint's spec has its batch as a number.
let private numberIn spec =
    match written (Parser.parse { Path = "spec.pd"; Text = spec }).Program with
    | ExpressionSyntax.Number number :: _ when number.IsInteger -> Some number.Integer
    | _ -> None

/// Why there is no checkpoint is told where the run is about to go on.
let private find settings (program: ProgramSyntax) =
    try
        TrainingRun.find settings (string (Path.GetFileNameWithoutExtension program.File.Path))
    with :? RunFailedException ->
        None

let apply settings (program: ProgramSyntax) : Stage<ProgramSyntax> =
    if isAuto program then
        find settings program
        |> Option.bind (fun point -> numberIn point.Checkpoint.State.Spec)
        |> Option.map (fun batch -> Spec.withBatch batch program)
        |> Option.defaultValue (Stage.ofValue program)
    else
        Stage.ofValue program
