/// The end of a run, as a result: a table of its epochs, the test part's figures, and where its files are.
module ParDsl.Cli.Display.Closing

open System.Collections.Immutable
open ParDsl.Runtime.Training
open Spectre.Console
open Spectre.Console.Rendering

/// A longer run's earlier epochs are in its metrics.jsonl.
let private shownEpochs = 40

let private columns title (values: ImmutableSortedDictionary<string, double>) =
    Figures.inOrder values
    |> List.map (fun (key, _) -> $"{title} {Figures.name key}")

let private cells (values: ImmutableSortedDictionary<string, double>) =
    Figures.inOrder values |> List.map (fun (key, value) -> Figures.value key value)

let private newTable (first: EpochReport) =
    let table = Table(Border = TableBorder.Rounded)

    let titles =
        [ "epoch" ]
        @ columns "train" first.Train
        @ columns "validation" first.Validation
        @ [ "time" ]

    for title in titles do
        table.AddColumn(TableColumn(title).RightAligned().NoWrap()) |> ignore

    table

let private addRow (table: Table) (epoch: EpochReport) =
    let row =
        [ string epoch.Epoch ]
        @ cells epoch.Train
        @ cells epoch.Validation
        @ [ Figures.duration epoch.Seconds ]

    table.AddRow(Array.ofList row) |> ignore

let private printTable (draw: IRenderable -> unit) (epochs: EpochReport list) =
    match epochs with
    | [] -> ()
    | first :: _ ->
        let table = newTable first

        epochs
        |> List.skip (max 0 (epochs.Length - shownEpochs))
        |> List.iter (addRow table)

        draw table

let private part name (values: ImmutableSortedDictionary<string, double>) =
    if values.IsEmpty then
        []
    else
        [ $"{name} {Figures.measures values}" ]

/// "460 steps in 5.1 s (12,345 samples/s): train loss 0.0123, accuracy 1.0000; validation loss ..."
let summary (report: TrainingReport) =
    let parts =
        part "train" report.Train
        @ part "validation" report.Validation
        @ part "test" report.Test

    let figures =
        if parts.IsEmpty then
            ""
        else
            ": " + String.concat "; " parts

    let steps = Figures.plural report.Steps "step"

    let ending =
        if report.RanOutOfTime then "out of time after "
        elif report.WasInterrupted then "interrupted after "
        else ""

    $"{ending}{steps} in {Figures.duration report.Seconds} "
    + $"({Figures.rate report.SamplesPerSecond}){figures}"

let private place (report: TrainingReport) =
    match Option.ofObj report.Directory with
    | Some directory -> [ $"files: {directory}" ]
    | None -> []

let private ended (report: TrainingReport) =
    let steps = Figures.plural report.Steps "step"
    $"nothing is left to train: the run has ended, after {steps}"

let lines (report: TrainingReport) =
    let first = if report.HadEnded then ended report else summary report
    first :: place report

let print (draw: IRenderable -> unit) (write: string -> unit) (report: TrainingReport) =
    printTable draw (List.ofSeq report.EpochReports)
    lines report |> List.iter write
