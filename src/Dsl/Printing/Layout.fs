/// Statements come in; lines go out: which statements share a line, which blocks stay on one, and where comments stand.
/// Indentation and alignment are the writer's.
module ParDsl.Printing.Layout

open System
open System.Collections.Generic
open ParDsl.Syntax

/// The width that a block on one line must fit into.
let widest = 100

let indentation = 2

[<RequireQualifiedAccess>]
type Piece =
    /// Text on one line. `Name` and `Rest` are apart where a table may align them.
    | Flat of name: string * rest: string
    /// A statement whose block has lines of its own.
    | Broken of head: string * name: string * lines: Line list

and Line = {
    /// Comment lines above, as StatementTrivia keeps them.
    Leading: string list
    Pieces: Piece list
    Trailing: string
    /// How many characters the pieces take, indentation left out.
    Width: int
}

/// Alone behind a number, a name such as `s` would be read as its unit.
let private isTakenForUnit (argument: ArgumentSyntax) =
    match argument.Value with
    | ExpressionSyntax.Name name -> argument.Key = "" && NumberUnit.isUnit name.Text
    | _ -> false

let private argument (argument: ArgumentSyntax) =
    let value = ValuePrinter.print argument.Value

    if isTakenForUnit argument then $"({value})"
    elif argument.Key = "" then value
    else $"{argument.Key}={value}"

let private parameter (parameter: ParameterSyntax) =
    if parameter.HasDefault then
        $"{parameter.Name.Text}={ValuePrinter.print parameter.Default}"
    else
        parameter.Name.Text

/// A statement's first word, and the rest of what stands before its block.
let private head statement =
    match statement with
    | StatementSyntax.Call call ->
        let label = if call.HasLabel then $"{call.Label.Text}: " else ""
        label + call.Name.Text, String.Join(' ', Seq.map argument call.Arguments)
    | StatementSyntax.Let binding -> "let", $"{binding.Name.Text} = {ValuePrinter.print binding.Value}"
    | StatementSyntax.Definition definition ->
        let parameters = String.Join(", ", Seq.map parameter definition.Parameters)
        "def", $"{definition.Name.Text}({parameters})"
    | StatementSyntax.Import import -> "import", ValuePrinter.quoted import.Path.Value

let private joined (name, rest) =
    if rest = "" then name else $"{name} {rest}"

/// The statement's block, if it has one.
let private blockOf statement : IReadOnlyList<StatementSyntax> voption =
    match statement with
    | StatementSyntax.Call call when call.HasBlock -> ValueSome call.Block
    | StatementSyntax.Definition definition -> ValueSome definition.Block
    | _ -> ValueNone

let private isComment line = line <> ""

let private hasComments (trivia: StatementTrivia) =
    Seq.exists isComment trivia.Leading
    || trivia.Trailing <> ""
    || Seq.exists isComment trivia.BeforeEnd

/// Behind a closing brace no `;` is needed.
let private separator (text: string) = if text.EndsWith '}' then " " else "; "

let private join (texts: string list) =
    let parts =
        texts
        |> List.pairwise
        |> List.collect (fun (before, text) -> [ separator before; text ])

    String.Concat(texts.Head :: parts)

/// The statement on one line, where its blocks were written so and hold no comments.
let rec private flat statement : string voption =
    match blockOf statement with
    | ValueNone -> ValueSome(joined (head statement))
    | ValueSome block when Seq.exists isComment statement.Trivia.BeforeEnd -> ValueNone
    | ValueSome block when block.Count = 0 -> ValueSome(joined (head statement) + " { }")
    | ValueSome _ when not statement.Trivia.BlockOnOneLine -> ValueNone
    | ValueSome block ->
        flatBlock block
        |> ValueOption.map (fun inner -> $"{joined (head statement)} {{ {inner} }}")

and private flatBlock block =
    // A list: a sequence would be made anew for each look at it, twice for every level of nesting.
    let texts = [
        for inner in block do
            if hasComments inner.Trivia then ValueNone else flat inner
    ]

    if List.forall ValueOption.isSome texts then
        ValueSome(join [ for text in texts -> ValueOption.defaultValue "" text ])
    else
        ValueNone

let private withoutFirstEmpty lines =
    lines |> Seq.skipWhile ((=) "") |> List.ofSeq

let private withoutRepeats (lines: string seq) =
    (lines, [])
    ||> Seq.foldBack (fun line rest ->
        if line = "" && List.tryHead rest = Some "" then
            rest
        else
            line :: rest)

let private tidyEnd lines =
    withoutRepeats lines |> List.rev |> List.skipWhile ((=) "") |> List.rev

let private commentsOnly lines = [
    if not (List.isEmpty lines) then
        {
            Leading = lines
            Pieces = []
            Trailing = ""
            Width = 0
        }
]

let private pieceText piece =
    match piece with
    | Piece.Flat(name, rest) -> joined (name, rest)
    | Piece.Broken(head, _, _) -> head + " {"

let private isBroken =
    function
    | Piece.Broken _ -> true
    | Piece.Flat _ -> false

/// Whether the statement can go on the line of the one before it; a line's pieces are the last first while it grows.
let private shares (trivia: StatementTrivia) previous =
    trivia.SharesLine
    && Seq.isEmpty trivia.Leading
    && previous.Trailing = ""
    && not (isBroken previous.Pieces.Head)

let rec private piece depth before statement =
    let name, rest = head statement
    let room = widest - indentation * depth - before

    match blockOf statement, flat statement with
    | ValueNone, _ -> Piece.Flat(name, rest)
    | _, ValueSome text when text.Length <= room || text.EndsWith "{ }" -> Piece.Flat(text, "")
    | ValueSome block, _ ->
        Piece.Broken(joined (name, rest), name, linesWithEnd (depth + 1) block statement.Trivia.BeforeEnd)

and private startLine depth isFirst (statement: StatementSyntax) =
    let leading = withoutRepeats statement.Trivia.Leading
    let piece = piece depth 0 statement

    {
        Leading = if isFirst then withoutFirstEmpty leading else leading
        Pieces = [ piece ]
        Trailing = statement.Trivia.Trailing
        Width = (pieceText piece).Length
    }

and private growLine depth line (statement: StatementSyntax) =
    let separator = "; ".Length
    let piece = piece depth (line.Width + separator) statement

    {
        line with
            Pieces = piece :: line.Pieces
            Trailing = statement.Trivia.Trailing
            Width = line.Width + separator + (pieceText piece).Length
    }

/// The line that the statement makes, or the line before it with the statement added.
and private place depth (lines: Line list) (statement: StatementSyntax) =
    match lines with
    | previous :: rest when shares statement.Trivia previous -> growLine depth previous statement :: rest
    | _ -> startLine depth lines.IsEmpty statement :: lines

and private linesWithEnd depth (statements: StatementSyntax seq) (ending: string seq) : Line list =
    let lines =
        statements
        |> Seq.fold (place depth) []
        |> List.rev
        |> List.map (fun line -> { line with Pieces = List.rev line.Pieces })

    let rest = tidyEnd ending
    lines @ commentsOnly (if lines.IsEmpty then withoutFirstEmpty rest else rest)

let private isTall line = List.exists isBroken line.Pieces

/// A block with lines of its own stands apart from what is above and below it.
let private setApart (lines: Line list) =
    let apart (above, line) =
        let touches = (isTall line || isTall above) && List.tryHead line.Leading <> Some ""

        if touches then
            { line with Leading = "" :: line.Leading }
        else
            line

    List.truncate 1 lines @ (List.pairwise lines |> List.map apart)

/// The lines of a whole file.
let ofProgram (program: ProgramSyntax) : Line list =
    let ending =
        match Seq.tryLast program.Statements with
        | Some last -> last.Trivia.AfterLast
        | None -> []

    linesWithEnd 0 program.Statements ending |> setApart
