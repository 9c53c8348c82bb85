/// One frame of the live display: the last epochs, a bar, and the figures of the latest step.
module ParDsl.Cli.Display.LiveView

open ParDsl.Runtime.Training
open Spectre.Console
open Spectre.Console.Rendering

/// So many epochs fit above the bar on a small terminal.
let private shownEpochs = 8

let private epochLine (total: int64) (epoch: EpochReport) =
    let digits = (string total).Length
    let number = epoch.Epoch.ToString().PadLeft digits

    let validation =
        if epoch.Validation.IsEmpty then
            ""
        else
            $"   [dim]validation[/] {Figures.measures epoch.Validation}"

    $"[dim]epoch {number}/{total}[/]   {Figures.measures epoch.Train}{validation}   [dim]{Figures.duration epoch.Seconds}[/]"

/// Eighths of a cell would need a font; a heavy and a light line are in all of them.
let private bar width fraction =
    let filled = int (double width * min 1.0 fraction)
    let head = if filled < width then "╸" else ""
    let line length = String.replicate (max 0 length) "━"
    $"[green]{line filled}{head}[/][grey37]{line (width - filled - head.Length)}[/]"

let private figures (progress: RunProgress) (step: StepReport) =
    let metrics =
        Figures.inOrder step.Metrics |> List.filter (fun (key, _) -> key <> "loss")

    [
        $"[dim]loss[/] [bold]{Figures.measure step.Loss}[/]"
        for key, value in metrics do
            $"[dim]{Figures.name key}[/] [bold]{Figures.value key value}[/]"
        Figures.rate step.SamplesPerSecond
        match RunProgress.secondsLeft progress with
        | Some seconds -> $"[dim]time left[/] {Figures.remaining seconds}"
        | None -> ()
    ]
    |> String.concat "   "

let private position (start: RunStart) (step: StepReport option) =
    let done', epoch =
        step
        |> Option.map (fun step -> step.Step, step.Epoch)
        |> Option.defaultValue (0L, 1L)

    $"epoch {epoch}/{RunProgress.epochCount start}   step {Figures.count done'}/{Figures.count start.TotalSteps}"

let private running width (start: RunStart) (progress: RunProgress) : IRenderable list =
    let fraction = RunProgress.fraction progress
    let where = position start progress.Step
    let room = max 10 (min 48 (width - where.Length - 12))
    let percent = $"{int (100.0 * fraction)} %%".PadLeft 5

    [
        Markup $"[dim]{Markup.Escape(Opening.ofStart start)}[/]"
        for epoch in progress.Epochs |> List.truncate shownEpochs |> List.rev do
            Markup(epochLine (RunProgress.epochCount start) epoch)
        Markup $"{where}   {bar room fraction} {percent}"
        match progress.Step with
        | Some step -> Markup(figures progress step)
        | None -> Markup "[dim]first step ...[/]"
    ]

/// `isStopping`: Ctrl-C was pressed, and the ranks finish their step.
let frame width isStopping (progress: RunProgress) : IRenderable =
    let lines =
        match progress.Start with
        | None -> [ Markup "[dim]reading the data and starting the ranks ...[/]" :> IRenderable ]
        | Some start -> running width start progress

    let stopping = [
        if isStopping then
            Markup "[yellow]stopping after this step, with a checkpoint; press Ctrl-C again to end at once[/]"
            :> IRenderable
    ]

    Rows(lines @ stopping)
