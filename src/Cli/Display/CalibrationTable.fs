/// What a calibration measured, as a small table: a line for each number of ranks, each figure at its best size.
module ParDsl.Cli.Display.CalibrationTable

open System.Globalization
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware.Performance
open Spectre.Console

let private columns = [
    "ranks"
    "float32"
    "float64"
    "bfloat16"
    "float16"
    "convolution"
    "memory"
    "exp, erf, random"
    "an operation"
    "all-reduce"
    "its latency"
]

let private number (format: string) (value: float) =
    value.ToString(format, CultureInfo.InvariantCulture)

/// The best rate of a curve: 61.3 G, of operations or bytes a second.
let peak (curve: RateCurve) =
    curve.Points |> Seq.map _.PerSecond |> Seq.max

let private giga value = number "0.0" (value / 1e9)
let private micro seconds = number "0.0" (seconds * 1e6)

let private row (share: SharedPerformance) =
    let products = share.Device.Products

    [
        (if share.Ranks = 0 then "a GPU each" else string share.Ranks)
        giga (peak products.Float32) + " GFLOP/s"
        giga (peak products.Float64)
        giga (peak products.BFloat16)
        giga (peak products.Float16)
        giga (peak share.Device.Convolutions.Float32)
        giga (peak share.Device.Memory) + " GB/s"
        giga share.Device.SpecialsPerSecond + " G/s"
        micro share.Device.OperationSeconds + " us"
        giga share.Link.BytesPerSecond + " GB/s"
        micro share.Link.LatencySeconds + " us"
    ]

/// Each rank's figures while all of them work.
let print (performance: HardwarePerformance) =
    let table = Table(Border = TableBorder.Rounded)

    for name in columns do
        table.AddColumn(TableColumn name) |> ignore

    for share in performance.Shares do
        table.AddRow(row share |> List.map Markup.Escape |> List.toArray) |> ignore

    Terminal.outputTable table
