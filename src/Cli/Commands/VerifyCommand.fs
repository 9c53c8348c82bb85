/// `pardsl verify FILE`: proves that layouts learn what one device learns.
module ParDsl.Cli.Commands.VerifyCommand

open Argu
open ParDsl.Cli.Arguments
open ParDsl.Cli.Running

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | Layouts of LAYOUT: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] Devices of LIST: string
    | [<Unique>] Require_Gpu
    | [<Unique>] Steps of N: string
    | [<Unique>] Precision of P: string
    | [<Unique>] Tolerance of X: string
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the spec to compare."
            | Layouts _ -> "compare these: data=4 data=2,pipeline=2,shard=optimizer; `spec` is the spec's own."
            | Gpus _ -> "ask for so many GPUs, on each machine; virtual CPU devices stand in where there are none."
            | Devices _ -> "ask for these GPUs by number: 0,2."
            | Require_Gpu -> "refuse virtual devices."
            | Steps _ -> "train so many updates; 5 where nothing is said."
            | Precision _ -> "float64 where nothing is said: then rounding hides nothing."
            | Tolerance _ ->
                "the relative difference that passes: 1e-9 in float64, 1e-3 in float32, 0.5 in bfloat16, 0.0625 in float16."
            | Set _ -> "change a `let` or an argument: --set width=64."
            | Json -> "print an event for each layout as JSON, one a line."

let private steps = 5L

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Gpus value -> Some(SpecOption.Gpus value)
    | Devices value -> Some(SpecOption.Devices value)
    | Require_Gpu -> Some SpecOption.RequireGpu
    | Set value -> Some(SpecOption.Set value)
    | Layouts _
    | Steps _
    | Precision _
    | Tolerance _
    | Json -> None

let private layouts (arguments: Argument list) =
    arguments
    |> List.collect (function
        | Layouts words -> words
        | _ -> [])
    |> function
        | [] -> None
        | words -> Some words

let private stepCount (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Steps value -> Some value
        | _ -> None)
    |> Options.optionalWhole "--steps" 1L
    |> Result.map (Option.defaultValue steps)

let private tolerance (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Tolerance value -> Some value
        | _ -> None)
    |> Options.optionalPositive "--tolerance"

let private precision (arguments: Argument list) =
    let written =
        arguments
        |> List.tryPick (function
            | Precision value -> Some value
            | _ -> None)

    "train.precision=" + Option.defaultValue "float64" written

let private request (arguments: Argument list) : Result<VerifyRequest, string> =
    let options = List.choose spec arguments

    result {
        let! file = Options.oneFile "verify" (SpecOption.files options)
        let! devices = SpecOption.deviceRequest options
        let! steps = stepCount arguments
        let! tolerance = tolerance arguments

        return {
            File = file
            Overrides = SpecOption.overrides options @ [ precision arguments ]
            Layouts = layouts arguments
            Devices = devices
            Steps = steps
            Tolerance = tolerance
            Json = List.contains Json arguments
        }
    }

let private start words =
    result {
        let! arguments = Options.parse "verify" Files [ "--nodes"; "--hosts" ] words

        let! request = request arguments
        return fun () -> SpecVerification.run request
    }
    |> Command.start

let command = {
    Name = "verify"
    Arguments = "FILE [--layouts LAYOUT...] [--gpus N]"
    Summary = "prove that layouts learn what one device learns"
    Options = fun columns -> Options.usage<Argument> columns "verify"
    Run = start
}
