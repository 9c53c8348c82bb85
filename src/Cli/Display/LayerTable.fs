/// What a spec's layers take in training, as a table: a line for each layer, the times of a pass for each number of ranks.
module ParDsl.Cli.Display.LayerTable

open System.Globalization
open ParDsl.Cli.Output
open ParDsl.Compiler.Checked
open ParDsl.Compiler.Costs
open ParDsl.Compiler.Hardware.Performance

let private milliseconds (seconds: float) =
    (1000.0 * seconds).ToString("0.000", CultureInfo.InvariantCulture)

/// Of a rank's share of the batch.
let private speed (program: CheckedProgram) (share: SharedPerformance) layer =
    let batch = program.Training.GlobalBatch / program.Training.Accumulate
    let least = int (batch / int64 (max 1 share.Ranks))

    share.Device.Layers.Of layer
    |> Seq.tryFind (fun speed -> speed.Samples >= least)
    |> Option.orElse (share.Device.Layers.Of layer |> Seq.tryLast)

let private identities (program: CheckedProgram) gpus (share: SharedPerformance) =
    let ranks = if share.Ranks = 0 then gpus else share.Ranks
    Seq.toArray (LayerIdentity.OfWhole(program, ranks > 1))

let private head program (layers: string array) (share: SharedPerformance) =
    let ranks =
        if share.Ranks = 0 then
            "a GPU each"
        else
            Figures.plural share.Ranks "rank"

    match speed program share layers[0] with
    | None -> ranks
    | Some speed -> $"{ranks} x {speed.Samples}"

let private cell program layer share =
    match speed program share layer with
    | None -> "-"
    | Some speed -> $"{milliseconds speed.ForwardSeconds} + {milliseconds speed.BackwardSeconds}"

/// Milliseconds forward and backward, where each rank has its share of the batch.
let print (program: CheckedProgram) gpus (performance: HardwarePerformance) =
    let shares = [ for share in performance.Shares -> share, identities program gpus share ]

    Terminal.tell "what its layers take in training, milliseconds forward + backward, by ranks x samples of each:"

    ScreenTable.print {
        Columns =
            List.map ScreenColumn.words [ "name"; "layer"; "output" ]
            @ [
                for share, layers in shares -> ScreenColumn.figures (head program layers share)
            ]
        Rows = [
            for layer in program.Model.Layers ->
                [ layer.Name; layer.Kind; string layer.Output ]
                @ [ for share, layers in shares -> cell program layers[layer.Index] share ]
        ]
    }
