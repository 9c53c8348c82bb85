/// Where text goes and how it may look there: results to standard output, everything else to standard error.
module ParDsl.Cli.Output.Terminal

open System
open System.IO
open Spectre.Console
open Spectre.Console.Rendering

/// Launchers of MPI programs give their processes a terminal of their own for standard output, which nobody draws on: .NET
/// would greet it with control codes. To be called before the console is touched.
let drawNothingForLaunchers () =
    let marks = [ "OMPI_COMM_WORLD_SIZE"; "PMI_SIZE"; "PMIX_RANK" ]

    if
        marks
        |> List.exists (fun name -> not (isNull (Environment.GetEnvironmentVariable name)))
    then
        Environment.SetEnvironmentVariable("TERM", "dumb")

/// Whether standard error is a terminal that can redraw lines.
let isLive =
    lazy
        (not Console.IsErrorRedirected
         && Environment.GetEnvironmentVariable "TERM" <> "dumb")

/// NO_COLOR (https://no-color.org) takes the colours away, not the live display.
let private wantsColor =
    lazy String.IsNullOrEmpty(Environment.GetEnvironmentVariable "NO_COLOR")

let private console (writer: TextWriter) isTerminal =
    let settings = AnsiConsoleSettings(Out = AnsiConsoleOutput writer)
    settings.Ansi <- if isTerminal then AnsiSupport.Yes else AnsiSupport.No

    settings.Interactive <-
        if isTerminal then
            InteractionSupport.Yes
        else
            InteractionSupport.No

    if not (isTerminal && wantsColor.Value) then
        settings.ColorSystem <- ColorSystemSupport.NoColors

    let console = AnsiConsole.Create settings
    // A file has no width of its own; a table is then as wide as it needs to be.
    if not isTerminal then
        console.Profile.Width <- 160

    console

let errorConsole = lazy (console Console.Error isLive.Value)

let private outputIsTerminal =
    lazy
        (not Console.IsOutputRedirected
         && Environment.GetEnvironmentVariable "TERM" <> "dumb")

/// Whether text on standard error may carry colours.
let colorsErrors = lazy (isLive.Value && wantsColor.Value)

let error (line: string) = Console.Error.WriteLine line

let output (line: string) = Console.Out.WriteLine line

/// A table as wide as the terminal; in a file, without the spaces that only fill its lines up.
let outputTable (table: IRenderable) =
    if outputIsTerminal.Value then
        (console Console.Out true).Write table
    else
        use drawn = new StringWriter(NewLine = "\n")
        (console drawn false).Write table

        for line in drawn.ToString().TrimEnd('\n').Split '\n' do
            output (line.TrimEnd ' ')
