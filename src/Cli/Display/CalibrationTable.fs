/// What a calibration measured, as a small table: a line for each figure, at its best size, a column for each number of ranks.
module ParDsl.Cli.Display.CalibrationTable

open System.Globalization
open ParDsl.Cli.Output
open ParDsl.Compiler.Hardware.Performance

let private number (value: float) =
    value.ToString("0.0", CultureInfo.InvariantCulture)

/// The best rate of a curve: 61.3 G, of operations or bytes a second.
let peak (curve: RateCurve) =
    curve.Points |> Seq.map _.PerSecond |> Seq.max

let private giga value = number (value / 1e9)
let private micro seconds = number (seconds * 1e6)

/// What was measured, its unit, and how it reads.
let private figures: (string * string * (SharedPerformance -> string)) list = [
    "products in float32", "GFLOP/s", (fun share -> giga (peak share.Device.Products.Float32))
    "products in float64", "GFLOP/s", (fun share -> giga (peak share.Device.Products.Float64))
    "products in bfloat16", "GFLOP/s", (fun share -> giga (peak share.Device.Products.BFloat16))
    "products in float16", "GFLOP/s", (fun share -> giga (peak share.Device.Products.Float16))
    "convolutions in float32", "GFLOP/s", (fun share -> giga (peak share.Device.Convolutions.Float32))
    "memory", "GB/s", (fun share -> giga (peak share.Device.Memory))
    "the optimizer's step", "GB/s", (fun share -> giga (peak share.Device.Updates))
    "exp, erf, random", "G/s", (fun share -> giga share.Device.SpecialsPerSecond)
    "start of an operation", "us", (fun share -> micro share.Device.OperationSeconds)
    "all-reduce", "GB/s", (fun share -> giga share.Link.BytesPerSecond)
    "start of an all-reduce", "us", (fun share -> micro share.Link.LatencySeconds)
]

let private ranks (share: SharedPerformance) =
    if share.Ranks = 0 then
        "a GPU each"
    else
        Figures.plural share.Ranks "rank"

/// Each rank's figures while all of them work.
let table (performance: HardwarePerformance) = {
    Columns =
        [ ScreenColumn.words ""; ScreenColumn.words "unit" ]
        @ [ for share in performance.Shares -> ScreenColumn.figures (ranks share) ]
    Rows = [
        for name, unit, figure in figures -> [ name; unit ] @ [ for share in performance.Shares -> figure share ]
    ]
}
