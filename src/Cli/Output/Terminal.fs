/// Where text goes and how it may look there: results to standard output, everything else to standard error.
module ParDsl.Cli.Output.Terminal

open System
open System.IO
open ParDsl.Printing
open Spectre.Console
open Spectre.Console.Rendering

/// Launchers of MPI programs give their processes a terminal of their own for standard output, which nobody draws on.
let private isLaunched =
    lazy
        ([ "OMPI_COMM_WORLD_SIZE"; "PMI_SIZE"; "PMIX_RANK" ]
         |> List.exists (fun name -> not (isNull (Environment.GetEnvironmentVariable name))))

/// .NET would greet a launcher's terminal with control codes. To be called before the console is touched.
let drawNothingForLaunchers () =
    if isLaunched.Value then
        Environment.SetEnvironmentVariable("TERM", "dumb")

let private isDumb = lazy (Environment.GetEnvironmentVariable "TERM" = "dumb")

/// Whether standard error is a terminal that can redraw lines.
let isLive = lazy (not Console.IsErrorRedirected && not isDumb.Value)

/// The same of standard output.
let outputIsLive = lazy (not Console.IsOutputRedirected && not isDumb.Value)

/// The columns of the window, as it is now. Narrower than 20 nothing can be read, and a window may say that it has none.
let private windowColumns () =
    try
        match Console.WindowWidth with
        | columns when columns <= 0 -> 80
        | columns -> max 20 columns
    with :? IOException ->
        80

let private columns isRedirected =
    if isRedirected || isLaunched.Value then
        TextFold.Unbounded
    else
        windowColumns ()

/// The rows of the window, as it is now.
let windowRows () =
    try
        max 2 Console.WindowHeight
    with :? IOException ->
        24

/// The columns of standard output: of a terminal its window's, and a file has no width of its own.
let outputColumns () = columns Console.IsOutputRedirected

/// The same of standard error.
let errorColumns () = columns Console.IsErrorRedirected

/// NO_COLOR (https://no-color.org) takes the colours away, not the live display.
let private wantsColor =
    lazy String.IsNullOrEmpty(Environment.GetEnvironmentVariable "NO_COLOR")

let private console (writer: TextWriter) isLive columns =
    let settings = AnsiConsoleSettings(Out = AnsiConsoleOutput writer)
    settings.Ansi <- if isLive then AnsiSupport.Yes else AnsiSupport.No

    settings.Interactive <-
        if isLive then
            InteractionSupport.Yes
        else
            InteractionSupport.No

    if not (isLive && wantsColor.Value) then
        settings.ColorSystem <- ColorSystemSupport.NoColors

    let console = AnsiConsole.Create settings
    console.Profile.Width <- columns
    console

/// Whether text on standard error may carry colours.
let colorsErrors = lazy (isLive.Value && wantsColor.Value)

/// The same on standard output.
let colorsOutput = lazy (outputIsLive.Value && wantsColor.Value)

let private folded columns (text: string) =
    if columns = TextFold.Unbounded then
        text
    else
        text.Split '\n'
        |> Seq.collect (fun line -> TextFold.lines columns (TextFold.hangOf columns line) line)
        |> String.concat "\n"

/// Words for people, folded where the terminal is narrower.
let error (words: string) =
    Console.Error.WriteLine(folded (errorColumns ()) words)

/// A result as it is: what a program reads, or a user copies.
let output (text: string) = Console.Out.WriteLine text

/// A result for people, folded where the terminal is narrower.
let tell (words: string) =
    output (folded (outputColumns ()) words)

/// Without the spaces that only fill lines up.
let private plainLines (drawn: StringWriter) =
    drawn.ToString().TrimEnd('\n').Split '\n'
    |> Seq.map (fun line -> line.TrimEnd ' ')

/// What is drawn for so many columns, as text; with a terminal's codes where it may have them.
let drawn isLive columns (picture: IRenderable) =
    use writer = new StringWriter(NewLine = "\n")
    (console writer isLive columns).Write picture
    plainLines writer |> String.concat "\n"
