/// A line of words comes in, lines that a terminal's width holds go out. It is broken between words alone, so that no number
/// is cut; what stands between backquotes stays together where a line holds it, to be copied. A word longer than a line
/// has one of its own, and the terminal breaks it.
module ParDsl.Printing.TextFold

open System
open System.Collections.Generic
open System.Text

/// Of what is no terminal, such as a file: nothing is folded.
[<Literal>]
let Unbounded = Int32.MaxValue

let private spaces count = String.replicate count " "

/// Where the word at an offset ends: before the next space.
let private wordEnd (text: string) (start: int) =
    let next = text.IndexOf(' ', start)
    if next < 0 then text.Length else next

/// The same, with the spaces between backquotes that begin in the word.
let private quotedEnd (text: string) (start: int) =
    let rec extend (finish: int) =
        let quotes = text.AsSpan(start, finish - start).Count '`'

        match quotes % 2, text.IndexOf('`', finish) with
        | 1, closing when closing >= 0 -> extend (wordEnd text closing)
        | _ -> finish

    extend (wordEnd text start)

let private pieceEnd room (text: string) start =
    let quoted = quotedEnd text start

    if CharacterWidth.ofText (text.Substring(start, quoted - start)) <= room then
        quoted
    else
        wordEnd text start

/// The spaces in front of each piece, and the piece.
let private pieces room (text: string) =
    let rec cut start found =
        let first = start + (text.Length - start - text.AsSpan(start).TrimStart(' ').Length)

        if first = text.Length then
            List.rev found
        else
            let finish = pieceEnd room text first
            cut finish ((first - start, text.Substring(first, finish - first)) :: found)

    cut 0 []

/// `hang` spaces stand in front of each line but the first.
let lines (width: int) (hang: int) (text: string) : IReadOnlyList<string> =
    if width = Unbounded || CharacterWidth.ofText text <= width then
        [ text ]
    else
        let hang = min hang (2 * width / 3)
        let found = List<string>()
        let line = StringBuilder()
        let mutable columns = 0
        let mutable isEmpty = true

        for gap, word in pieces (width - hang) text do
            let size = CharacterWidth.ofText word

            if not isEmpty && columns + gap + size > width then
                found.Add(line.ToString())
                line.Clear().Append(spaces hang) |> ignore
                columns <- hang
            else
                line.Append(spaces gap) |> ignore
                columns <- columns + gap

            line.Append word |> ignore
            columns <- columns + size
            isEmpty <- false

        found.Add(line.ToString())
        found

/// Where the lines behind a first one begin: below the words behind its name, where it is a name and words with a gap of
/// two spaces or more between, else two spaces further in than it.
let hangOf (width: int) (line: string) =
    let start = line.Length - line.TrimStart(' ').Length
    let gap = line.IndexOf("  ", start, StringComparison.Ordinal)

    let behind =
        if gap < 0 then
            line.Length
        else
            line.Length - line.Substring(gap).TrimStart(' ').Length

    if behind < line.Length && behind <= width / 2 then
        behind
    else
        start + 2
