/// Diagnostics come in; the screen that shows each with its lines of source goes out, as plain text.
module ParDsl.Printing.DiagnosticScreen

open System.Collections.Generic
open System.Text
open ParDsl.Diagnostics
open ParDsl.Source

/// One underlined place: the primary one has carets, the related ones dashes.
type private Mark = {
    Span: SourceSpan
    Line: MarkedLine.MarkedLine
    Character: char
    Label: string
}

let private mark character label span = {
    Span = span
    Line = MarkedLine.ofSpan span
    Character = character
    Label = label
}

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

let private arrow width (span: SourceSpan) =
    let position = span.StartPosition

    String.replicate (width + 1) " "
    + $"--> {span.File.Path}:{position.Line}:{position.Column}"

let private emptyGutter width = String.replicate (width + 2) " " + "|"

let private sourceLine width mark =
    $" {mark.Line.Number.ToString().PadLeft width} | {mark.Line.Text}".TrimEnd()

let private underline width mark =
    let line = String.replicate mark.Line.MarkLength (string mark.Character)

    let label =
        if mark.Label = "" then
            ""
        else
            " " + MarkedLine.visible mark.Label

    let indentation = String.replicate mark.Line.MarkStart " "
    $"{emptyGutter width} {indentation}{line}{label}"

/// The lines of one file: a line with several marks is shown once, if all of them see the same part of it.
let private excerpt width (marks: Mark list) = [
    for index, mark in List.indexed marks do
        let repeats =
            index > 0
            && marks[index - 1].Line.Number = mark.Line.Number
            && marks[index - 1].Line.Text = mark.Line.Text

        if not repeats then
            sourceLine width mark

        underline width mark
]

let private excerpts width (primary: SourceSpan) marks = [
    for path, group in List.groupBy (fun mark -> mark.Span.File.Path) marks do
        arrow
            width
            (if path = primary.File.Path then
                 primary
             else
                 group.Head.Span)

        emptyGutter width
        yield! excerpt width group
]

let private help width hasLines (text: string) = [
    if hasLines then
        emptyGutter width

    let lines = text.Trim().ReplaceLineEndings("\n").Split '\n'
    "help: " + (lines |> Array.map MarkedLine.visible |> String.concat "\n      ")
]

let private screen (diagnostic: Diagnostic) = [
    let marks = marksOf diagnostic
    let largest = List.fold (fun largest mark -> max largest mark.Line.Number) 0 marks
    let width = largest.ToString().Length
    header diagnostic
    yield! excerpts width diagnostic.Span marks

    if diagnostic.Help <> "" then
        yield! help width (not marks.IsEmpty) diagnostic.Help
]

/// Each diagnostic's screen, in the order given, with an empty line between two; ends with a line's end.
let print (diagnostics: Diagnostic seq) : string =
    let builder = StringBuilder()

    for diagnostic in diagnostics do
        if builder.Length > 0 then
            builder.Append '\n' |> ignore

        for line in screen diagnostic do
            builder.Append(line).Append('\n') |> ignore

    builder.ToString()
