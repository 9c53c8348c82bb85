/// Finds on a script's line what the F# compiler's line number only points near: the keyword and its arguments. It reads
/// words, not F#; where it finds nothing it says so, and the caller falls back to the whole line.
module internal ParDsl.Builders.ScriptLine

open System
open System.Globalization
open System.Text.RegularExpressions

/// A run of characters of the script, by offsets.
[<Struct>]
type Range = {
    Start: int
    Length: int
} with

    member range.End = range.Start + range.Length

let private ofMatch offset (found: Match) = { Start = offset + found.Index; Length = found.Length }

/// The line with a number from 1, without the white space around it; an empty range at the end where there is none.
let ofNumber (text: string) (number: int) : Range =
    let rec start line (from: int) =
        if line = 1 then
            from
        else
            match text.IndexOf('\n', from) with
            | -1 -> text.Length
            | newline -> start (line - 1) (newline + 1)

    let first = start number 0

    let last =
        match text.IndexOf('\n', first) with
        | -1 -> text.Length
        | newline -> newline

    let line = text.Substring(first, last - first)
    let indent = line.Length - line.TrimStart().Length
    { Start = first + indent; Length = line.Trim().Length }

/// `max_pool` in a file is `maxPool` in a script.
let camelCase (name: string) =
    Regex.Replace(name, "_([a-z0-9])", fun found -> found.Groups[1].Value.ToUpperInvariant())

let private words =
    Regex("\"(?:[^\"\\\\]|\\\\.)*\"|[A-Za-z_]\\w*|\\d[\\d._]*(?:[eE][-+]?\\d+)?")

/// Strings, names and numbers in a range, with their places.
let tokens (text: string) (range: Range) : (Range * string) list = [
    for found in words.Matches(text.Substring(range.Start, range.Length)) do
        ofMatch range.Start found, found.Value
]

let private delimiters = Regex("\"(?:[^\"\\\\]|\\\\.)*\"|//|[][(){};]")

/// From a keyword to the end of its application: to `;`, a block's brace, a comment, or a bracket that it did not open.
let application (text: string) (line: Range) (start: int) : Range =
    let rec stop depth (found: Match) =
        if not found.Success then
            line.End - start
        else
            match found.Value with
            | "("
            | "[" -> stop (depth + 1) (found.NextMatch())
            | ")"
            | "]" when depth > 0 -> stop (depth - 1) (found.NextMatch())
            | ";" when depth > 0 -> stop depth (found.NextMatch())
            | value when value.StartsWith '"' -> stop depth (found.NextMatch())
            | _ -> found.Index

    let length = stop 0 (delimiters.Match(text.Substring(start, line.End - start)))
    { Start = start; Length = text.Substring(start, length).TrimEnd().Length }

let private isNumber (value: double) (token: string) =
    match Double.TryParse(token.Replace("_", ""), NumberStyles.Float, CultureInfo.InvariantCulture) with
    | true, number -> number = value
    | false, _ -> false

let private enclosed (text: string) (range: Range) (opening: char) (closing: char) =
    match text.IndexOf(opening, range.Start, range.Length) with
    | -1 -> None
    | first ->
        match text.IndexOf(closing, first, range.End - first) with
        | -1 -> None
        | last -> Some { Start = first; Length = last + 1 - first }

/// `[ 28; 28 ]`, or the tuple `(3, 5)`.
let private list text range =
    enclosed text range '[' ']'
    |> Option.orElseWith (fun () -> enclosed text range '(' ')')

/// The first place in a range where a value is written out; none where it comes from a name or an expression.
let literal (text: string) (range: Range) (value: Value) : Range option =
    let token isWanted =
        tokens text range |> List.tryFind (snd >> isWanted) |> Option.map fst

    match value with
    | Value.Integer(number, _) -> token (isNumber (double number))
    | Value.Number(number, _) -> token (isNumber number)
    | Value.Text words -> token (fun word -> word = "\"" + words + "\"")
    | Value.Name name -> token (fun word -> word = camelCase name || word = name || word = "\"" + name + "\"")
    | Value.List _ -> list text range

/// A keyword, alone or with `With` behind it, wherever it stands on a line.
let keywords (text: string) (line: Range) (keyword: string) : Range list =
    tokens text line
    |> List.filter (fun (_, word) -> word = keyword || word = keyword + "With")
    |> List.map fst
