/// A program's tree comes in, its canonical text goes out: what `pardsl fmt` writes. Parsing that text gives the same
/// tree, and printing that tree the same text.
module ParDsl.Printing.SyntaxPrinter

open System.Text
open ParDsl.Syntax
open ParDsl.Printing.Layout

/// The top-level blocks that are tables: their statements' first arguments stand in one column.
let private tables = set [ "data"; "train" ]

let private commentText (words: string) =
    let isApart = words.StartsWith ' ' || words.StartsWith '#' || words.StartsWith '!'
    ("#" + (if isApart then words else " " + words)).TrimEnd()

/// Statements alone on their line, without block and with arguments, are a table's rows.
let private isRow line =
    match line.Pieces with
    | [ Piece.Flat(_, rest) ] -> rest <> ""
    | _ -> false

let private nameWidth line =
    match line.Pieces with
    | [ Piece.Flat(name, _) ] when isRow line -> name.Length
    | _ -> 0

let private flatText column line (name: string) rest =
    if rest = "" then name
    elif isRow line then name.PadRight column + " " + rest
    else $"{name} {rest}"

let private separatorBehind (previous: Piece) =
    match previous with
    | Piece.Flat(name, "") when name.EndsWith '}' -> " "
    | _ -> "; "

let rec private writeLines (builder: StringBuilder) depth isTable (lines: Line list) =
    let column =
        if isTable then
            lines |> List.fold (fun width line -> max width (nameWidth line)) 0
        else
            0

    for line in lines do
        writeLeading builder depth line.Leading
        writeLine builder depth column line

and private writeLeading builder depth leading =
    for words in leading do
        if words <> "" then
            indent builder depth
            builder.Append(commentText words) |> ignore

        builder.Append '\n' |> ignore

and private indent builder depth =
    builder.Append(' ', indentation * depth) |> ignore

and private writeLine builder depth column line =
    if not line.Pieces.IsEmpty then
        indent builder depth
        line.Pieces |> List.fold (writePiece builder depth column line) None |> ignore

        if line.Trailing <> "" then
            builder.Append(' ').Append(commentText line.Trailing) |> ignore

        builder.Append '\n' |> ignore

and private writePiece builder depth column line previous piece =
    previous
    |> Option.iter (fun previous -> builder.Append(separatorBehind previous) |> ignore)

    match piece with
    | Piece.Flat(name, rest) -> builder.Append(flatText column line name rest) |> ignore
    | Piece.Broken(head, name, lines) ->
        builder.Append(head).Append(" {\n") |> ignore
        writeLines builder (depth + 1) (depth = 0 && tables.Contains name) lines
        indent builder depth
        builder.Append '}' |> ignore

    Some piece

/// The canonical text, which ends with a line's end; the empty text for a program without statements.
let print (program: ProgramSyntax) : string =
    let builder = StringBuilder()
    writeLines builder 0 false (Layout.ofProgram program)
    builder.ToString()
