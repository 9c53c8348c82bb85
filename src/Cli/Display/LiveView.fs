/// One frame of the live display: the last epochs, a bar, and the figures of the latest step.
module ParDsl.Cli.Display.LiveView

open System.Collections.Immutable
open ParDsl.Printing
open ParDsl.Runtime.Training
open Spectre.Console
open Spectre.Console.Rendering

/// So many epochs fit above the bar on a small terminal.
let private shownEpochs = 8

let private columnsOf (markup: string) =
    CharacterWidth.ofText (Markup.Remove markup)

let private apart (parts: string list) =
    parts |> List.filter (fun part -> part <> "") |> String.concat "   "

/// The parts beside each other, on as many lines as they take.
let private flow width (parts: string list) =
    let place lines part =
        match lines with
        | line :: above when columnsOf line + 3 + columnsOf part <= width -> apart [ line; part ] :: above
        | lines -> part :: lines

    parts |> List.fold place [] |> List.rev

let private lossAlone (values: ImmutableSortedDictionary<string, double>) =
    match values.TryGetValue "loss" with
    | true, loss -> Figures.measure loss
    | _ -> ""

let private named name figures =
    if figures = "" then "" else $"[dim]{name}[/] {figures}"

/// The longest of several ways to say it that fits in one line.
let private epochLine width (total: int64) (epoch: EpochReport) =
    let number = epoch.Epoch.ToString().PadLeft((string total).Length)
    let head = $"[dim]epoch {number}/{total}[/]"
    let validation = named "validation" (Figures.measures epoch.Validation)
    let loss = named "loss" (lossAlone epoch.Train)

    let ways = [
        apart [
            head
            Figures.measures epoch.Train
            validation
            $"[dim]{Figures.duration epoch.Seconds}[/]"
        ]
        apart [ head; Figures.measures epoch.Train; validation ]
        apart [ head; loss; validation ]
        apart [ head; loss; named "validation" (lossAlone epoch.Validation) ]
    ]

    let shortest =
        $"[dim]{number}/{total}[/]  {loss}  "
        + named "validation" (lossAlone epoch.Validation)

    ways
    |> List.tryFind (fun way -> columnsOf way <= width)
    |> Option.defaultValue shortest

/// Eighths of a cell would need a font; a heavy and a light line are in all of them.
let private bar width fraction =
    let filled = int (double width * min 1.0 fraction)
    let head = if filled < width then "╸" else ""
    let line length = String.replicate (max 0 length) "━"
    $"[green]{line filled}{head}[/][grey37]{line (width - filled - head.Length)}[/]"

let private figures (progress: RunProgress) (step: StepReport) = [
    $"[dim]loss[/] [bold]{Figures.measure step.Loss}[/]"
    for key, value in Figures.inOrder step.Metrics do
        if key <> "loss" then
            $"[dim]{Figures.name key}[/] [bold]{Figures.value key value}[/]"
    Figures.rate step.SamplesPerSecond
    match RunProgress.secondsLeft progress with
    | Some seconds -> $"[dim]time left[/] {Figures.remaining seconds}"
    | None -> ()
]

/// A bar shorter than this shows no progress.
let private shortestBar = 16

/// Beside the position where there is room for it, else below.
let private progressLines width (where: string) fraction =
    let percent = $"{int (100.0 * fraction)} %%".PadLeft 5
    let beside = width - where.Length - 3 - 6

    if beside >= shortestBar then
        [ $"{where}   {bar (min 48 beside) fraction} {percent}" ]
    else
        [ where; $"{bar (max 1 (min 48 (width - 6))) fraction} {percent}" ]

let private position (start: RunStart) (step: StepReport option) =
    let done', epoch =
        step
        |> Option.map (fun step -> step.Step, step.Epoch)
        |> Option.defaultValue (0L, 1L)

    $"epoch {epoch}/{RunProgress.epochCount start}   step {Figures.count done'}/{Figures.count start.TotalSteps}"

let private running width (start: RunStart) (progress: RunProgress) : string list = [
    $"[dim]{Markup.Escape(Opening.ofStart start)}[/]"
    for epoch in progress.Epochs |> List.truncate shownEpochs |> List.rev do
        epochLine width (RunProgress.epochCount start) epoch
    yield! progressLines width (position start progress.Step) (RunProgress.fraction progress)
    match progress.Step with
    | Some step -> yield! flow width (figures progress step)
    | None -> "[dim]first step ...[/]"
]

/// `isStopping`: Ctrl-C was pressed, and the ranks finish their step.
let frame width isStopping (progress: RunProgress) : IRenderable =
    let lines =
        match progress.Start with
        | None -> [ "[dim]reading the data and starting the ranks ...[/]" ]
        | Some start -> running width start progress

    let stopping = [
        if isStopping then
            "[yellow]stopping after this step, with a checkpoint; press Ctrl-C again to end at once[/]"
    ]

    Rows [ for line in lines @ stopping -> Markup line :> IRenderable ]
