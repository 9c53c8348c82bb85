/// Where a script's statement stands: the file, and the part of the line that is the statement.
namespace ParDsl.Builders

open System
open System.Collections.Generic
open System.Globalization
open System.IO
open ParDsl.Source

/// A statement's file and, in it, its keyword with the arguments.
type internal ScriptPlace = {
    File: SourceFile
    Head: ScriptLine.Range
} with

    member place.Span(range: ScriptLine.Range) : SourceSpan = {
        File = place.File
        Start = range.Start
        Length = range.Length
    }

    member place.HeadSpan = place.Span place.Head

/// The scripts that one program comes from, each read once.
type internal ScriptFiles = Dictionary<string, SourceFile voption>

module internal ScriptPlace =
    /// Below the current directory as the user would type it there, elsewhere in full.
    let private shownPath (path: string) =
        let relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path)

        if relative.StartsWith("..", StringComparison.Ordinal) then
            path
        else
            relative

    let private read (path: string) =
        try
            if File.Exists path then
                ValueSome { Path = shownPath path; Text = File.ReadAllText path }
            else
                ValueNone
        with
        | :? IOException
        | :? UnauthorizedAccessException -> ValueNone

    let private readOnce (files: ScriptFiles) path =
        match files.TryGetValue path with
        | true, file -> file
        | false, _ ->
            let file = read path
            files[path] <- file
            file

    let rec private valueText value =
        let number (value: double) =
            value.ToString("R", CultureInfo.InvariantCulture)

        let withUnit text unit =
            if unit = "" || unit = "%" then
                text + unit
            else
                $"({text} {unit})"

        match value with
        | Value.Integer(value, unit) -> withUnit (string value) unit
        | Value.Number(value, unit) -> withUnit (number value) unit
        | Value.Text text -> "\"" + text + "\""
        | Value.Name name -> name
        | Value.List items -> "[" + String.Join(", ", List.map valueText items) + "]"

    let private argumentText (argument: Argument) =
        let key = if argument.Key = "" then "" else argument.Key + "="
        key + valueText argument.Value

    /// At the prompt there is no file: the statement itself, in the file's language, is what a diagnostic shows.
    let private atPrompt (statement: Statement) : ScriptPlace =
        let label = if statement.Label = "" then "" else statement.Label + ": "
        let words = label + statement.Name :: List.map argumentText statement.Arguments
        let text = String.Join(" ", words)
        let above = max 0 (statement.Origin.Line - 1)

        {
            File = { Path = "script"; Text = String('\n', above) + text }
            Head = { Start = above; Length = text.Length }
        }

    let private writesOut text (statement: Statement) (range: ScriptLine.Range) =
        statement.Arguments
        |> List.filter (fun argument -> (ScriptLine.literal text range argument.Value).IsSome)
        |> List.length

    /// Of several equal keywords on one line (`linear 64; relu; linear 10`), the one with these arguments behind it.
    let private head (text: string) (statement: Statement) : ScriptLine.Range =
        let line = ScriptLine.ofNumber text statement.Origin.Line

        let keyword =
            if statement.Label = "" then
                ScriptLine.camelCase statement.Name
            else
                "layer"

        match ScriptLine.keywords text line keyword with
        | [] -> line
        | found ->
            found
            |> List.map (fun token -> ScriptLine.application text line token.Start)
            |> List.maxBy (writesOut text statement)

    let find (files: ScriptFiles) (statement: Statement) : ScriptPlace =
        match readOnce files statement.Origin.Path with
        | ValueSome file -> { File = file; Head = head file.Text statement }
        | ValueNone -> atPrompt statement
