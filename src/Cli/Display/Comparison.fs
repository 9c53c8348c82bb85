/// The result of `pardsl verify` for people: a line for each layout, why some did not run, and a sentence for all.
module ParDsl.Cli.Display.Comparison

open System.Globalization
open ParDsl.Cli.Output
open ParDsl.Compiler.Plans
open ParDsl.Runtime.Verifying

/// 3.1e-16
let private small (number: double) =
    if number = 0.0 then
        "0"
    else
        number.ToString("0.0e+00", CultureInfo.InvariantCulture)

let private difference (found: Difference) =
    if found.Place = "" then
        small found.Relative
    else
        $"{small found.Relative} {found.Place}"

let private bytes (result: LayoutResult) =
    if result.PlannedBytes = result.MovedBytes then
        ByteText.Of result.MovedBytes
    else
        $"{ByteText.Of result.MovedBytes} of {ByteText.Of result.PlannedBytes}"

let private cells (layout: string) outcome =
    match outcome with
    | LayoutOutcome.Compared result ->
        Some [
            layout
            difference result.Losses
            difference result.Gradients
            difference result.Weights
            bytes result
            (if result.Passes then "pass" else "FAIL")
        ]
    | LayoutOutcome.Failed _ -> Some [ layout; ""; ""; ""; ""; "FAIL" ]
    | LayoutOutcome.DoesNotFit _ -> None

let private columns =
    [ "layout"; "loss"; "gradients"; "weights"; "bytes an update"; "result" ]
    |> List.map ScreenColumn.words

let private reasons outcomes = [
    for layout, outcome in outcomes do
        match outcome with
        | LayoutOutcome.DoesNotFit _ -> $"not run: {layout}: {LayoutOutcome.reason outcome}"
        | LayoutOutcome.Failed _ -> $"failed: {layout}: {LayoutOutcome.reason outcome}"
        | LayoutOutcome.Compared _ -> ()
]

/// `0.bias`, and of a parameter that has other elements too how many: 8 of `1.in_proj_bias`.
let private withoutGradient (result: LayoutResult) = [
    for name in result.WithoutGradient do
        $"`{name}`"
    for part in result.PartlyWithoutGradient do
        $"{part.Value} of `{part.Key}`"
]

/// Some parameters have no gradient, or some of their elements: what is asked of their weights is less.
let private notes outcomes =
    let names =
        outcomes
        |> List.collect (function
            | _, LayoutOutcome.Compared result -> withoutGradient result
            | _ -> [])
        |> List.distinct

    if names.IsEmpty then
        []
    else
        let listed = names |> String.concat ", "

        [
            $"note: zero but for rounding are the gradients of {listed}: their weights need only be as near as steps that the optimizer makes of rounding lead"
        ]

/// "14 of 14 layouts learn what one device learns, to 1e-09"
let private summary tolerance outcomes =
    let run = outcomes |> List.filter (snd >> LayoutOutcome.fits)
    let passed = run |> List.filter (snd >> LayoutOutcome.passes)
    let layouts = if run.Length = 1 then "layout learns" else "layouts learn"
    $"{passed.Length} of {run.Length} {layouts} what one device learns, to {small tolerance}"

let print (draw: ScreenTable -> unit) (write: string -> unit) tolerance (outcomes: (string * LayoutOutcome) list) =
    draw { Columns = columns; Rows = outcomes |> List.choose (fun (layout, outcome) -> cells layout outcome) }

    reasons outcomes @ notes outcomes |> List.iter write
    write (summary tolerance outcomes)
