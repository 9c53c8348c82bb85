/// Diagnostics come in; the screen that shows each with its lines of source goes out, as plain text. On a terminal words are
/// folded at its width and source is cut to it, so that carets stay below what they mark.
module ParDsl.Printing.DiagnosticScreen

open System.Collections.Generic
open System.Text
open ParDsl.Diagnostics
open ParDsl.Source

/// One underlined place: the primary one has carets, the related ones dashes.
type private Mark = { Span: SourceSpan; Character: char; Label: string }

/// A mark with its line as the screen shows it.
type private ShownMark = { Mark: Mark; Line: MarkedLine.MarkedLine }

/// The screen's columns, and the digits of the largest line number.
type private Page = { Columns: int; Digits: int }

/// Columns of the line numbers and the bar, with a space on each side of both.
let private gutterColumns page = page.Digits + 4

let private mark character label span = { Span = span; Character = character; Label = label }

/// All marks in line order, those of the primary span's file before those of others.
let private marksOf (diagnostic: Diagnostic) =
    let related = [
        for place in diagnostic.Related do
            if not place.Span.IsNowhere then
                mark '-' place.Label place.Span
    ]

    let path = diagnostic.Span.File.Path

    let order mark =
        mark.Span.File.Path <> path, mark.Span.File.Path, mark.Span.Start

    if diagnostic.Span.IsNowhere then
        List.sortBy order related
    else
        List.sortBy order (mark '^' diagnostic.Label diagnostic.Span :: related)

let private header (diagnostic: Diagnostic) =
    let severity =
        if diagnostic.Severity = Severity.Warning then
            "warning"
        else
            "error"

    $"{severity} {diagnostic.Code}: {MarkedLine.visible diagnostic.Message}"

let private arrow page (span: SourceSpan) =
    let position = span.StartPosition

    String.replicate (page.Digits + 1) " "
    + $"--> {span.File.Path}:{position.Line}:{position.Column}"

let private emptyGutter page =
    String.replicate (page.Digits + 2) " " + "|"

let private sourceLine page shown =
    $" {shown.Line.Number.ToString().PadLeft page.Digits} | {shown.Line.Text}".TrimEnd()

/// Behind the gutter.
let private below page columns (text: string) =
    $"{emptyGutter page} " + String.replicate columns " " + text

/// The label stands behind its carets; where there is no room, below them.
let private underline page shown =
    let start, label = shown.Line.MarkStart, MarkedLine.visible shown.Mark.Label
    let line = String.replicate shown.Line.MarkLength (string shown.Mark.Character)
    let room = page.Columns - gutterColumns page
    let left = room - start - shown.Line.MarkLength - 1
    let columns = CharacterWidth.ofText label

    if label = "" then
        [ below page start line ]
    elif columns <= left then
        [ below page start $"{line} {label}" ]
    else
        let labelStart = max 0 (min start (room - columns))

        [
            below page start line
            for line in TextFold.lines (room - labelStart) 0 label do
                below page labelStart line
        ]

/// The lines of one file: a line with several marks is shown once, if all of them see the same part of it.
let private excerpt page (marks: ShownMark list) = [
    for index, shown in List.indexed marks do
        let repeats =
            index > 0
            && marks[index - 1].Line.Number = shown.Line.Number
            && marks[index - 1].Line.Text = shown.Line.Text

        if not repeats then
            sourceLine page shown

        yield! underline page shown
]

let private show page mark = { Mark = mark; Line = MarkedLine.ofSpan (page.Columns - gutterColumns page) mark.Span }

let private excerpts page (primary: SourceSpan) marks = [
    for path, group in List.groupBy (fun mark -> mark.Span.File.Path) marks do
        arrow
            page
            (if path = primary.File.Path then
                 primary
             else
                 group.Head.Span)

        emptyGutter page
        yield! excerpt page (List.map (show page) group)
]

/// Its lines are below each other, behind the word.
let private help page hasLines (text: string) = [
    if hasLines then
        emptyGutter page

    for index, line in Seq.indexed (text.Trim().ReplaceLineEndings("\n").Split '\n') do
        let start = if index = 0 then "help: " else "      "
        yield! TextFold.lines page.Columns 6 (start + MarkedLine.visible line)
]

let private screen columns (diagnostic: Diagnostic) = [
    let marks = marksOf diagnostic

    let largest =
        marks
        |> List.fold (fun largest mark -> max largest mark.Span.StartPosition.Line) 0

    let page = { Columns = columns; Digits = largest.ToString().Length }
    yield! TextFold.lines columns 2 (header diagnostic)
    yield! excerpts page diagnostic.Span marks

    if diagnostic.Help <> "" then
        yield! help page (not marks.IsEmpty) diagnostic.Help
]

/// A terminal narrower than this breaks lines itself.
let private fewestColumns = 30

/// Each diagnostic's screen, in the order given, with an empty line between two; ends with a line's end. For a terminal of so
/// many columns, or `TextFold.Unbounded`.
let printWithin (columns: int) (diagnostics: Diagnostic seq) : string =
    let builder = StringBuilder()

    for diagnostic in diagnostics do
        if builder.Length > 0 then
            builder.Append '\n' |> ignore

        for line in screen (max fewestColumns columns) diagnostic do
            builder.Append(line).Append('\n') |> ignore

    builder.ToString()

/// The same for a file, where nothing is folded.
let print (diagnostics: Diagnostic seq) : string =
    printWithin TextFold.Unbounded diagnostics
