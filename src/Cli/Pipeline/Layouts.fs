/// The layouts that a spec is compared on: words of `--layouts` come in, the spec with each one's parallel block goes out.
module ParDsl.Cli.Pipeline.Layouts

open System
open ParDsl.Compiler.Binding
open ParDsl.Compiler.Checked
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Syntax

/// The word for the layout that the spec itself asks for.
let own = "spec"

let private schedules degree = [
    for schedule in ScheduleFacts.All do
        let chunks =
            if schedule = ScheduleKind.Interleaved then
                ",chunks=2"
            else
                ""

        $"pipeline={degree},schedule={schedule.Words()}{chunks}"
]

let private shards = [
    for level in Enum.GetValues<ShardLevel>() do
        if level <> ShardLevel.None then
            $"data=2,shard={level.Words()}"
]

let private meshes = [
    "data=2,pipeline=2"
    "data=2,tensor=2"
    "pipeline=2,tensor=2"
    "data=2,pipeline=2,tensor=2"
]

let private common =
    [ "data=2"; "data=4" ]
    @ shards
    @ schedules 2
    @ schedules 4
    @ [ "tensor=2"; "tensor=2,sequence=true" ]
    @ meshes

let private asParallel statement =
    match statement with
    | StatementSyntax.Call call when call.Name.Text = "parallel" -> Some call
    | _ -> None

let private parse words =
    Parser.parse { Path = $"--layouts {words}"; Text = LayoutWords.Block words }

/// The block's text, by which two are the same.
let private print (program: ProgramSyntax) =
    program.Statements
    |> Seq.tryPick asParallel
    |> Option.filter _.HasBlock
    |> Option.map (fun call ->
        let plain = { call with Trivia = StatementTrivia.None }
        SyntaxPrinter.print { program with Statements = [ StatementSyntax.Call plain ] })

/// What is compared where the command line names nothing: the spec's own layout and the common ones.
let automatic (program: ProgramSyntax) =
    let written = print program

    let isCommon =
        common |> List.exists (fun words -> print (parse words).Program = written)

    if written.IsSome && not isCommon then
        own :: common
    else
        common

let private withBlocks (program: ProgramSyntax) blocks =
    let others = program.Statements |> Seq.filter (asParallel >> Option.isNone)
    { program with Statements = Seq.append others blocks |> Seq.toArray }

/// The spec with the block that the words stand for; what is wrong in them shows the words.
let apply (program: ProgramSyntax) words : Stage<ProgramSyntax> =
    if words = own then
        Stage.ofValue program
    else
        Spec.ofParse (parse words)
        |> Stage.next (fun layout -> Stage.ofValue (withBlocks program layout.Statements))
