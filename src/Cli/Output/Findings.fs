/// Prints the diagnostics of all stages, once: as a screen on standard error, or as events on standard output.
module ParDsl.Cli.Output.Findings

open System
open ParDsl.Cli
open ParDsl.Diagnostics
open ParDsl.Printing
open ParDsl.Runtime

let isError (diagnostic: Diagnostic) = diagnostic.Severity = Severity.Error

/// Source order within a file, files in the order given; the same finding of two stages is shown once.
let private inOrder (diagnostics: Diagnostic list) =
    let files = diagnostics |> List.map _.Span.File.Path |> List.distinct

    diagnostics
    |> List.distinctBy (fun diagnostic ->
        diagnostic.Code, diagnostic.Message, diagnostic.Span.File.Path, diagnostic.Span.Start, diagnostic.Span.Length)
    |> List.sortBy (fun diagnostic -> List.findIndex ((=) diagnostic.Span.File.Path) files, diagnostic.Span.Start)

let private printScreen diagnostics =
    let screen = DiagnosticScreen.printWithin (Terminal.errorColumns ()) diagnostics

    Console.Error.Write(
        if Terminal.colorsErrors.Value then
            ColoredScreen.color screen
        else
            screen
    )

let print json (diagnostics: Diagnostic list) =
    match inOrder diagnostics with
    | [] -> ()
    | ordered when json -> ordered |> List.iter (Events.diagnostic >> Terminal.output)
    | ordered -> printScreen ordered

/// A failed run may have found that the spec is wrong, when it met its data or its checkpoint.
let exitCodeOf (failure: RunFailedException) =
    if failure.IsSpecWrong then
        ExitCode.SpecIsWrong
    else
        ExitCode.RunFailed

/// A run that failed on something that the user can act on: its diagnostic, or its event. Gives the exit code.
let failure json (failure: RunFailedException) =
    if json then
        Terminal.output (Events.error failure)
    else
        print false [ failure.Diagnostic ]

    exitCodeOf failure
