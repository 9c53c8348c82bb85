/// What stands between two statements: line ends, `;`, empty lines and comments; and how statements keep it for `fmt`.
module ParDsl.Parsing.Gap

open FParsec
open ParDsl.Syntax
open ParDsl.Parsing.Primitives

type Gap = {
    /// The comment behind the statement before the gap, on its line.
    Trailing: string
    /// Comment lines; an empty string is an empty line, and never two follow each other.
    Lines: string list
    HasNewLine: bool
}

/// A gap while it is read, its lines the last first, and whether the current line holds nothing yet.
type private GapReading = { Read: Gap; LineIsEmpty: bool }

let private addLine line reading =
    let repeats = line = "" && List.tryHead reading.Read.Lines = Some ""

    let lines =
        if repeats then
            reading.Read.Lines
        else
            line :: reading.Read.Lines

    { reading with Read = { reading.Read with Lines = lines } }

let private addNewLine reading =
    let added = if reading.LineIsEmpty then addLine "" reading else reading
    { LineIsEmpty = true; Read = { added.Read with HasNewLine = true } }

let private addComment words reading =
    if reading.Read.HasNewLine then
        addLine words { reading with LineIsEmpty = false }
    else
        { reading with Read = { reading.Read with Trailing = words } }

let private piece: Parser<GapReading -> GapReading> =
    choice [ skipChar ';' >>% id; skipNewline >>% addNewLine; comment |>> addComment ]
    .>> blanks

/// The gap from here to the next statement, closing brace or the end of the file.
let gap: Parser<Gap> =
    let nothing = { Trailing = ""; Lines = []; HasNewLine = false }
    let start = { Read = nothing; LineIsEmpty = false }

    blanks >>. many piece
    |>> fun pieces ->
        let reading = List.fold (fun reading add -> add reading) start pieces
        { reading.Read with Lines = List.rev reading.Read.Lines }

let private withoutFirstEmpty lines = List.skipWhile ((=) "") lines

let private withoutLastEmpty lines =
    lines |> List.rev |> List.skipWhile ((=) "") |> List.rev

let private withTrivia trivia statement =
    match statement with
    | StatementSyntax.Call call -> StatementSyntax.Call { call with Trivia = trivia }
    | StatementSyntax.Let binding -> StatementSyntax.Let { binding with Trivia = trivia }
    | StatementSyntax.Definition definition -> StatementSyntax.Definition { definition with Trivia = trivia }
    | StatementSyntax.Import import -> StatementSyntax.Import { import with Trivia = trivia }

/// The comment behind an opening brace stands above the block's first statement.
let private opening gap =
    withoutFirstEmpty ((if gap.Trailing = "" then [] else [ gap.Trailing ]) @ gap.Lines)

/// A statement already holds the comments inside its own brackets: those above it come before them.
let private attach isFirst before after (statement: StatementSyntax) =
    let own = statement.Trivia

    withTrivia
        {
            own with
                Leading = List.toArray ((if isFirst then opening before else before.Lines) @ List.ofSeq own.Leading)
                Trailing = after.Trailing
                SharesLine = not isFirst && not before.HasNewLine
        }
        statement

/// The statements of a block with their trivia, and the comment lines behind the last one.
let attachAll (first: Gap) (statements: (StatementSyntax voption * Gap) list) =
    let befores = first :: List.map snd statements

    let attached = [|
        for index, (before, (statement, after)) in
            List.indexed (List.zip (List.truncate statements.Length befores) statements) do
            match statement with
            | ValueSome statement -> attach (index = 0) before after statement
            | ValueNone -> ()
    |]

    let rest =
        if statements.IsEmpty then
            opening first
        else
            (List.last befores).Lines

    struct (attached, List.toArray (withoutLastEmpty rest))

/// The last statement of a file holds what stands below it.
let attachEnd (lines: string array) (statements: StatementSyntax array) =
    match Array.tryLast statements with
    | Some last when lines.Length > 0 ->
        let trivia = { last.Trivia with AfterLast = lines }
        Array.append (Array.take (statements.Length - 1) statements) [| withTrivia trivia last |]
    | _ -> statements
