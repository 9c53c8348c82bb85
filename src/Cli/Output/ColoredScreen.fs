/// Takes a screen of diagnostics as plain text, and gives it with a terminal's colours: the severity, the carets and the
/// help stand out, the line numbers step back.
module ParDsl.Cli.Output.ColoredScreen

open System

/// In a colour, or another look, by its number (ECMA-48, select graphic rendition).
let escape code (text: string) = $"\u001b[{code}m{text}\u001b[0m"
let private boldRed = escape "1;31"
let private boldYellow = escape "1;33"
let private bold = escape "1"
let private blue = escape "34"
let private cyan = escape "36"
let private red = escape "31"

/// The header's code in the severity's colour, its sentence in bold.
let private header paint (line: string) =
    match line.IndexOf ": " with
    | -1 -> paint line
    | position -> paint (line.Substring(0, position + 1)) + bold (line.Substring(position + 1))

/// Behind the gutter: carets and dashes are coloured, source is left alone.
let private excerpt (line: string) =
    let bar = line.IndexOf '|'
    let gutter, rest = line.Substring(0, bar + 1), line.Substring(bar + 1)
    let isSource = gutter |> Seq.exists Char.IsDigit

    match rest.TrimStart() with
    | mark when not isSource && mark.StartsWith '^' -> blue gutter + red rest
    | mark when not isSource && mark.StartsWith '-' -> blue gutter + blue rest
    | _ -> blue gutter + rest

let private isGutter (line: string) =
    let start = line.TrimStart()

    line.StartsWith ' '
    && (start.StartsWith '|'
        || (start <> "" && Char.IsDigit start[0] && start.Contains '|'))

let private isPlace (line: string) =
    line.TrimStart().StartsWith("-->", StringComparison.Ordinal)

let private isHelp (line: string) =
    line.StartsWith("help:", StringComparison.Ordinal)

/// Whether a line goes on with the header's sentence, where the line above it is of the header.
let private goesOn isInHeader (line: string) =
    isInHeader && line <> "" && not (isPlace line || isHelp line)

/// The line in colours, and whether it is of a header.
let private paint isInHeader (line: string) =
    if line.StartsWith("error", StringComparison.Ordinal) then
        header boldRed line, true
    elif line.StartsWith("warning", StringComparison.Ordinal) then
        header boldYellow line, true
    elif goesOn isInHeader line then
        bold line, true
    elif isHelp line then
        cyan "help:" + line.Substring 5, false
    elif isPlace line then
        blue line, false
    elif isGutter line then
        excerpt line, false
    else
        line, false

let color (screen: string) =
    screen.Split '\n' |> Seq.mapFold paint false |> fst |> String.concat "\n"
