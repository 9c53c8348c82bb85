/// The line of `devices --json`: this machine and what is measured of it. What it holds is a promise to those who read it.
module ParDsl.Cli.Output.CalibrationEvents

open System.Globalization
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Hardware
open ParDsl.Compiler.Hardware.Performance
open ParDsl.Runtime.Calibration.Keeping
open ParDsl.Cli.Output.JsonLine

/// [[size, rate a second], ...]
let private curve (curve: RateCurve) =
    Json.List [
        for point in curve.Points -> Json.List [ Json.Real point.Size; Json.Real point.PerSecond ]
    ]

let private rates (rates: PrecisionRates) =
    Json.Object [
        "float64", curve rates.Float64
        "float32", curve rates.Float32
        "bfloat16", curve rates.BFloat16
        "float16", curve rates.Float16
    ]

/// {layer: [[samples, seconds forward, seconds backward], ...], ...}
let private layers (speeds: LayerSpeeds) =
    Json.Object [
        for layer in speeds.ByLayer ->
            layer.Key,
            Json.List [
                for speed in layer.Value ->
                    Json.List [
                        Json.Integer(int64 speed.Samples)
                        Json.Real speed.ForwardSeconds
                        Json.Real speed.BackwardSeconds
                    ]
            ]
    ]

let private share (share: SharedPerformance) =
    Json.Object [
        "ranks", Json.Integer(int64 share.Ranks)
        "products", rates share.Device.Products
        "convolutions", rates share.Device.Convolutions
        "memory", curve share.Device.Memory
        "updates", curve share.Device.Updates
        "specials_per_second", Json.Real share.Device.SpecialsPerSecond
        "operation_seconds", Json.Real share.Device.OperationSeconds
        "attention_share", Json.Real share.Device.AttentionShare
        "layers", layers share.Device.Layers
        "link_bytes_per_second", Json.Real share.Link.BytesPerSecond
        "link_latency_seconds", Json.Real share.Link.LatencySeconds
        "link_hand_over_seconds", Json.Real share.Link.HandOverSeconds
        "link_message_seconds", Json.Real share.Link.MessageSeconds
    ]

/// [[what it gives, precision, rows, inputs, outputs, threads, bytes], ...]
let private panels (sizes: PanelSizes) =
    Json.List [
        for struct (product, bytes) in sizes.All ->
            Json.List [
                Json.Text(product.Kind.Name())
                Json.Text(product.Precision.Name())
                Json.Integer product.Rows
                Json.Integer product.Inputs
                Json.Integer product.Outputs
                Json.Integer(int64 product.Threads)
                Json.Integer bytes
            ]
    ]

let private calibration (kept: MachineCalibration) =
    Json.Object [
        "file", Json.Text CalibrationStore.FilePath
        "date", Json.Text(kept.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
        "shares", Json.List [ for each in kept.Performance.Shares -> share each ]
        "panels", panels kept.Performance.Panels
    ]

let private gpu (device: DeviceDescription) =
    Json.Object [
        "index", Json.Integer(int64 device.Index)
        "name", Json.Text device.Name
        "memory_bytes", Json.Integer device.MemoryBytes
    ]

let devices (hardware: HardwareDescription) (kept: MachineCalibration option) =
    JsonLine.print "devices" [
        "cores", Json.Integer(int64 hardware.Cores)
        "memory_bytes", Json.Integer hardware.MemoryBytes
        "gpus", Json.List [ for each in hardware.Gpus -> gpu each ]
        "calibration", kept |> Option.map calibration |> Option.defaultValue Json.Null
    ]
