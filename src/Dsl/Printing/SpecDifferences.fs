/// Two specs with every default come in; what was changed between them goes out, a statement a line. The layout is left out.
module ParDsl.Printing.SpecDifferences

open System.Collections.Generic
open ParDsl.Parsing
open ParDsl.Source
open ParDsl.Syntax

/// Comments and the way it was written have no meaning.
let rec private plain (statement: StatementSyntax) : StatementSyntax =
    match statement with
    | StatementSyntax.Call call ->
        StatementSyntax.Call {
            call with
                Trivia = StatementTrivia.None
                Block = call.Block |> Seq.map plain |> Seq.toArray
        }
    | StatementSyntax.Let binding -> StatementSyntax.Let { binding with Trivia = StatementTrivia.None }
    | StatementSyntax.Definition definition ->
        StatementSyntax.Definition {
            definition with
                Trivia = StatementTrivia.None
                Block = definition.Block |> Seq.map plain |> Seq.toArray
        }
    | StatementSyntax.Import import -> StatementSyntax.Import { import with Trivia = StatementTrivia.None }

let private text (statement: StatementSyntax) =
    let program = { File = statement.Span.File; Statements = [ plain statement ] }

    (SyntaxPrinter.print program).TrimEnd '\n'

let private nameOf (statement: StatementSyntax) =
    match statement with
    | StatementSyntax.Call call -> call.Name.Text
    | StatementSyntax.Let binding -> "let " + binding.Name.Text
    | StatementSyntax.Definition definition -> "def " + definition.Name.Text
    | StatementSyntax.Import _ -> "import"

/// A whole block, `repeat` say, would fill the screen: its first line stands for it.
let private shown (written: string) =
    match written.IndexOf '\n' with
    | -1 -> $"`{written}`"
    | first -> $"`{written.Substring(0, first)} ... }}`"

/// The statements by name and text.
let private textsOf (statements: StatementSyntax seq) =
    statements
    |> Seq.map (fun statement -> nameOf statement, text statement)
    |> List.ofSeq

/// The entries that the others have not; an entry that stands twice must stand twice there too.
let private without others entries =
    let take (others, missing) entry =
        match List.tryFindIndex ((=) entry) others with
        | Some index -> List.removeAt index others, missing
        | None -> others, entry :: missing

    entries |> List.fold take (others, []) |> snd |> List.rev

/// What one list has and the other has not; a statement of the same name on both sides has become another.
let private between place (before: StatementSyntax seq) (now: StatementSyntax seq) = [
    let old, added = textsOf before, textsOf now
    let gone, fresh = old |> without added, added |> without old

    for name, was in gone do
        match fresh |> List.filter (fun (other, _) -> other = name) with
        | [ _, is ] when gone |> List.filter (fun (other, _) -> other = name) |> List.length = 1 ->
            $"{place}{shown was} became {shown is}"
        | _ -> $"{place}{shown was} is gone"

    for name, is in fresh do
        let single entries =
            entries |> List.filter (fun (other, _) -> other = name) |> List.length = 1

        if not (single gone && single fresh) then
            $"{place}{shown is} is new"
]

let private isBlock name (statement: StatementSyntax) =
    match statement with
    | StatementSyntax.Call call -> call.HasBlock && call.Name.Text = name
    | _ -> false

/// What a run may change when it goes on; the runtime's fingerprint leaves the same out.
let private free = set [ "epochs"; "steps"; "metric"; "checkpoint" ]

let private blockOf name (program: ProgramSyntax) = [
    for statement in program.Statements do
        match statement with
        | StatementSyntax.Call call when isBlock name statement ->
            yield!
                call.Block
                |> Seq.filter (fun inner -> name <> "train" || not (free.Contains(nameOf inner)))
        | _ -> ()
]

let private compared = [ "data"; "model"; "train" ]

let private others (program: ProgramSyntax) =
    let isOther statement =
        not (List.exists (fun name -> isBlock name statement) compared)
        && nameOf statement <> "parallel"

    program.Statements |> Seq.filter isOther

/// Layers are what they are by their order, too.
let private order (before: StatementSyntax seq) (now: StatementSyntax seq) = [
    let old, added = textsOf before, textsOf now

    if old <> added && List.sort old = List.sort added then
        "in `model`, the same statements stand in another order"
]

let private parse text =
    (Parser.parse { Path = "spec"; Text = text }).Program

/// Empty where only the layout, or nothing, is another one.
let ofTexts (before: string) (now: string) : IReadOnlyList<string> =
    let before, now = parse before, parse now

    [
        yield! between "" (others before) (others now)

        for name in compared do
            yield! between $"in `{name}`, " (blockOf name before) (blockOf name now)

        yield! order (blockOf "model" before) (blockOf "model" now)
    ]
