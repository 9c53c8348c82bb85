/// The end of a run, as a result: a table of its epochs, the test part's figures, and where its files are.
module ParDsl.Cli.Display.Closing

open System.Collections.Immutable
open ParDsl.Cli.Output
open ParDsl.Runtime.Training

/// A longer run's earlier epochs are in its metrics.jsonl.
let private shownEpochs = 40

let private column title spare = { ScreenColumn.figures title with Spare = spare }

/// Of a part, the loss is what a reader wants to see most.
let private columns title spare (values: ImmutableSortedDictionary<string, double>) = [
    for key, _ in Figures.inOrder values do
        column $"{title} {Figures.name key}" (if key = "loss" then 0 else spare)
]

let private cells (values: ImmutableSortedDictionary<string, double>) =
    Figures.inOrder values |> List.map (fun (key, value) -> Figures.value key value)

/// On a narrow terminal first the time is left out, then the training part's metrics, then the validation part's.
let private table (first: EpochReport) (epochs: EpochReport list) = {
    Columns =
        [ column "epoch" 0 ]
        @ columns "train" 2 first.Train
        @ columns "validation" 1 first.Validation
        @ [ column "time" 3 ]
    Rows = [
        for epoch in epochs ->
            [ string epoch.Epoch ]
            @ cells epoch.Train
            @ cells epoch.Validation
            @ [ Figures.duration epoch.Seconds ]
    ]
}

let private leftOut (report: TrainingReport) count =
    match count, Option.ofObj report.Directory with
    | 0, _
    | _, None -> []
    | 1, Some _ -> [ "the epoch before these is in metrics.jsonl" ]
    | count, Some _ -> [ $"the {count} epochs before these are in metrics.jsonl" ]

let private printTable (draw: ScreenTable -> unit) (write: string -> unit) (report: TrainingReport) =
    match List.ofSeq report.EpochReports with
    | [] -> ()
    | first :: _ as epochs ->
        let count = max 0 (epochs.Length - shownEpochs)
        draw (table first (List.skip count epochs))
        leftOut report count |> List.iter write

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

let print (draw: ScreenTable -> unit) (write: string -> unit) (report: TrainingReport) =
    printTable draw write report
    lines report |> List.iter write
