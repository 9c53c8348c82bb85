/// A page of Markdown comes in, the same for a terminal goes out: paragraphs are folded, code stays as it is.
module ParDsl.Cli.Output.PageText

open System
open ParDsl.Printing

/// Longer lines are hard to read, however wide the terminal is.
let private mostColumns = 100

let private isFence (line: string) =
    line.TrimStart().StartsWith("```", StringComparison.Ordinal)

/// A list's lines go on below its first word.
let private hangOf (line: string) =
    let start = line.TrimStart()
    let isItem = start.StartsWith("- ", StringComparison.Ordinal)
    line.Length - start.Length + (if isItem then 2 else 0)

/// The lines that one becomes, and whether the next one is code.
let private foldLine columns isCode (line: string) =
    match isFence line, isCode with
    | true, _ -> [ line ], not isCode
    | _, true -> [ line ], true
    | _ -> List.ofSeq (TextFold.lines (min mostColumns columns) (hangOf line) line), false

/// A page that goes to a file stays as it is.
let fold (columns: int) (page: string) =
    if columns = TextFold.Unbounded then
        page
    else
        page.Split '\n'
        |> Seq.mapFold (foldLine columns) false
        |> fst
        |> Seq.concat
        |> String.concat "\n"
