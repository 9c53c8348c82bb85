/// A span comes in; the line it starts in goes out as it is shown, with the carets' place under it. Lines too long for
/// a screen are cut around the span, tabs become spaces.
module ParDsl.Printing.MarkedLine

open System
open System.Text
open ParDsl.Source

type MarkedLine = {
    Number: int
    Text: string
    /// How many characters of `Text` stand before the mark, and how many the mark underlines.
    MarkStart: int
    MarkLength: int
}

let private widest = 120
let private contextBefore = 40
let private tab = "    "

/// The line's first and last offset around `offset`, without its line end.
let private lineAround (text: string) offset =
    let first =
        if offset = 0 then
            0
        else
            text.LastIndexOf('\n', offset - 1) + 1

    let next = text.IndexOf('\n', offset)
    let last = if next < 0 then text.Length else next

    let last =
        if last > first && text[last - 1] = '\r' then
            last - 1
        else
            last

    struct (first, max first last)

/// What of a line is shown: all of it, or 120 characters that hold the span's start.
let private window first last offset =
    if last - first <= widest then
        struct (first, last)
    else
        let start = max first (min (offset - contextBefore) (last - widest))
        struct (start, min last (start + widest))

let private shown (character: char) =
    if character = '\t' then tab
    elif Char.IsControl character then "\uFFFD"
    else string character

/// Words as they may stand on a screen: what a message quotes of a file must not steer the terminal.
let visible (words: string) = String.collect shown words

let private show (text: string) first last =
    let builder = StringBuilder()

    for index in first .. last - 1 do
        builder.Append(shown text[index]) |> ignore

    builder.ToString()

/// The line of a span that is somewhere; a span over several lines is marked to the end of its first.
let ofSpan (span: SourceSpan) : MarkedLine =
    let text = span.File.Text
    let offset = min span.Start text.Length
    let struct (first, last) = lineAround text offset
    let struct (from, until) = window first last offset
    let offset = min offset until
    let finish = max offset (min span.End until)
    let before = (if from > first then "…" else "") + show text from offset
    let marked = show text offset finish

    {
        Number = span.StartPosition.Line
        Text = before + marked + show text finish until + (if until < last then "…" else "")
        MarkStart = before.Length
        MarkLength = max 1 marked.Length
    }
