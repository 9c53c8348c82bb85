/// A span comes in; the line it starts in goes out as it is shown, with the carets' place under it in a terminal's columns.
/// Lines too long for a screen are cut around the span, tabs become spaces.
module ParDsl.Printing.MarkedLine

open System
open System.Text
open ParDsl.Source

type MarkedLine = {
    Number: int
    Text: string
    /// How many columns of `Text` stand before the mark, and how many the mark underlines.
    MarkStart: int
    MarkLength: int
}

let private widest = 120

/// In front of the span, of a line that is cut.
let private contextBefore room = min 40 (room / 3)

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

let private shown (character: char) =
    if character = '\t' then tab
    elif Char.IsControl character then "\uFFFD"
    else string character

/// Words as they may stand on a screen: what a message quotes of a file must not steer the terminal.
let visible (words: string) = String.collect shown words

let private columnsAt (text: string) index =
    if text[index] = '\t' then
        tab.Length
    else
        CharacterWidth.at text index

/// The offset that is so many columns further on, or `last` where the line ends before.
let private forward (text: string) start last columns =
    let rec walk index left =
        if index >= last || columnsAt text index > left then
            index
        else
            walk (index + 1) (left - columnsAt text index)

    walk start columns

/// The same towards the line's start.
let private back (text: string) first start columns =
    let rec walk index left =
        if index <= first || columnsAt text (index - 1) > left then
            index
        else
            walk (index - 1) (left - columnsAt text (index - 1))

    let found = walk start columns
    // A surrogate pair is not cut.
    if found < start && Char.IsLowSurrogate text[found] then
        found + 1
    else
        found

/// What of a line is shown: all of it, or so many columns that hold the span's start.
let private window room (text: string) first last offset =
    if forward text first last room = last then
        struct (first, last)
    else
        let start =
            min (back text first offset (contextBefore room)) (back text first last room)

        struct (start, forward text start last room)

let private show (text: string) first last =
    let builder = StringBuilder()

    for index in first .. last - 1 do
        builder.Append(shown text[index]) |> ignore

    builder.ToString()

/// The line of a span that is somewhere; a span over several lines is marked to the end of its first. A line that takes
/// more columns than there is room for is cut, 120 at most, and an ellipsis stands where.
let ofSpan (room: int) (span: SourceSpan) : MarkedLine =
    let text = span.File.Text
    let offset = min span.Start text.Length
    let struct (first, last) = lineAround text offset
    let struct (from, until) = window (min widest (room - 2)) text first last offset
    let offset = min offset until
    let finish = max offset (min span.End until)
    let before = (if from > first then "…" else "") + show text from offset
    let marked = show text offset finish

    {
        Number = span.StartPosition.Line
        Text = before + marked + show text finish until + (if until < last then "…" else "")
        MarkStart = CharacterWidth.ofText before
        MarkLength = max 1 (CharacterWidth.ofText marked)
    }
