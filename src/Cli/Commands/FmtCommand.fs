/// `pardsl fmt FILE...`: rewrites specs in the canonical form. A file is replaced in one move, only where its text changes,
/// and never where it has a syntax error. `-` goes from standard input to standard output.
module ParDsl.Cli.Commands.FmtCommand

open System
open System.IO
open Argu
open ParDsl.Cli
open ParDsl.Cli.Arguments
open ParDsl.Cli.Output
open ParDsl.Cli.Pipeline
open ParDsl.Diagnostics
open ParDsl.Parsing
open ParDsl.Printing
open ParDsl.Source

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | [<Unique>] Check

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the specs to rewrite; - reads standard input."
            | Check -> "only list the files that would change, and exit with 1."

/// A file's text as it is and as it should be.
type private Formatting = { Path: string; Before: string; After: string }

let private formatText (source: Stage<SourceFile>) : Stage<Formatting> =
    let print (before: SourceFile) =
        Spec.parseText before
        |> Stage.next (fun program ->
            Stage.ofValue { Path = before.Path; Before = before.Text; After = SyntaxPrinter.print program })

    source |> Stage.next print

/// The new text takes the file's name only when all of it is on the disk, and keeps its permissions.
let private replace (formatting: Formatting) =
    let path = Path.GetFullPath formatting.Path

    let target =
        File.ResolveLinkTarget(path, true)
        |> Option.ofObj
        |> Option.map _.FullName
        |> Option.defaultValue path

    let temporary = target + $".{Environment.ProcessId}.tmp"

    try
        File.WriteAllText(temporary, formatting.After)
        File.SetUnixFileMode(temporary, File.GetUnixFileMode target)
        File.Move(temporary, target, true)
        ExitCode.Done
    with
    | :? IOException
    | :? UnauthorizedAccessException ->
        File.Delete temporary
        Terminal.error $"pardsl: `{formatting.Path}` could not be written: its folder or disk takes no new file"
        ExitCode.RunFailed

let private changes formatting = formatting.Before <> formatting.After

let private applyTo onlyCheck (formatting: Formatting) =
    if not (changes formatting) then
        ExitCode.Done
    elif onlyCheck then
        Terminal.output formatting.Path
        ExitCode.SpecIsWrong
    else
        replace formatting

let private formatFile onlyCheck path =
    let stage = formatText (Spec.source path)
    Findings.print false stage.Diagnostics

    match stage.Value with
    | Some formatting -> applyTo onlyCheck formatting
    | None -> ExitCode.SpecIsWrong

let private formatInput onlyCheck =
    let reading = SourceReader.readStream "<stdin>" (Console.OpenStandardInput())

    let stage = formatText (Spec.ofReading reading)
    Findings.print false stage.Diagnostics

    match stage.Value with
    | None -> ExitCode.SpecIsWrong
    | Some formatting when onlyCheck ->
        if changes formatting then
            ExitCode.SpecIsWrong
        else
            ExitCode.Done
    | Some formatting ->
        Console.Out.Write formatting.After
        ExitCode.Done

let private run onlyCheck files =
    files
    |> List.map (fun file ->
        if file = "-" then
            formatInput onlyCheck
        else
            formatFile onlyCheck file)
    |> List.max

let private start words =
    result {
        let! arguments = Options.parse "fmt" Files [] words

        match
            arguments
            |> List.collect (function
                | Files values -> values
                | _ -> [])
        with
        | [] -> return! Error(Mistake.noFile "fmt")
        | files -> return fun () -> run (List.contains Check arguments) files
    }
    |> Command.startOnce

let command = {
    Name = "fmt"
    Arguments = "FILE... [--check]"
    Summary = "rewrite specs in the canonical form"
    Options = fun columns -> Options.usage<Argument> columns "fmt"
    Run = start
}
