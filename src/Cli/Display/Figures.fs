/// How numbers look to people: losses, metrics, counts, rates and times, all in the invariant culture.
module ParDsl.Cli.Display.Figures

open System
open System.Collections.Generic
open System.Globalization

let private invariant = CultureInfo.InvariantCulture

/// 17,226
let count (number: int64) = number.ToString("N0", invariant)

/// Four digits behind the point, with an exponent where they alone would show nothing or too much: 0.1234, 3.2e-06,
/// 1.5812e+05. A large error falls by small parts of itself, so its digits stay.
let measure (number: double) =
    if not (Double.IsFinite number) then
        number.ToString invariant
    elif number <> 0.0 && abs number < 1e-3 then
        number.ToString("0.0e+00", invariant)
    elif abs number >= 1e5 then
        number.ToString("0.0000e+00", invariant)
    else
        number.ToString("0.0000", invariant)

/// What counts or scales rather than measures, and is a whole number mostly: 65,536, 0, 0.5.
let private isTally (name: string) =
    name = "loss_scale" || name = "skipped_steps"

/// A value under its name.
let value (name: string) (number: double) =
    if isTally name then
        number.ToString("#,0.########", invariant)
    else
        measure number

/// 12,345 samples/s
let rate (samplesPerSecond: double) =
    let digits = if samplesPerSecond < 99.95 then "N1" else "N0"
    samplesPerSecond.ToString(digits, invariant) + " samples/s"

/// 24 ms, 5.1 s, 2 min 05 s, 3 h 12 min
let duration (seconds: double) =
    let whole = TimeSpan.FromSeconds(round (max 0.0 seconds))

    if seconds > 0.0 && seconds < 0.0995 then
        (1000.0 * seconds).ToString("0", invariant) + " ms"
    elif seconds < 59.95 then
        (max 0.0 seconds).ToString("0.0", invariant) + " s"
    elif whole.TotalHours < 1.0 then
        $"{whole.Minutes} min {whole.Seconds:D2} s"
    else
        $"{int whole.TotalHours} h {whole.Minutes:D2} min"

/// The same in whole seconds: what changes ten times a second is not read.
let remaining (seconds: double) =
    let whole = ceil (max 0.0 seconds)
    if whole < 60.0 then $"{int whole} s" else duration whole

/// "1 epoch", "20 epochs"
let plural (number: int64) (noun: string) =
    if number = 1L then
        $"1 {noun}"
    else
        $"{count number} {noun}s"

/// The language's names are told to people with spaces: mean absolute error.
let name (metric: string) = metric.Replace('_', ' ')

/// The loss first, then the metrics in the order of their names.
let inOrder (values: IEnumerable<KeyValuePair<string, double>>) =
    values
    |> Seq.map (fun pair -> pair.Key, pair.Value)
    |> Seq.sortBy (fun (key, _) -> key <> "loss", key)
    |> List.ofSeq

/// "loss 0.1234, accuracy 0.9722"
let measures values =
    inOrder values
    |> List.map (fun (key, number) -> $"{name key} {value key number}")
    |> String.concat ", "
