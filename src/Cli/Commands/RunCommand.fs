/// `pardsl run FILE`: trains a spec.
module ParDsl.Cli.Commands.RunCommand

open Argu
open ParDsl.Cli.Arguments
open ParDsl.Cli.Running

type Argument =
    | [<MainCommand>] Files of FILE: string list
    | [<Unique>] Gpus of N: string
    | [<Unique>] Devices of LIST: string
    | [<Unique>] Require_Gpu
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Steps of N: string
    | [<Unique>] Seed of N: string
    | [<Unique>] Init of WEIGHTS: string
    | [<Unique>] Out of DIR: string
    | [<Unique>] Quiet
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the spec to train."
            | Gpus _ -> "ask for so many GPUs; virtual CPU devices stand in where there are none."
            | Devices _ -> "ask for these GPUs by number: 0,2."
            | Require_Gpu -> "refuse virtual devices."
            | Set _ -> "change a `let` or an argument: --set width=64 --set train.batch=256."
            | Steps _ -> "stop after so many updates."
            | Seed _ -> "the same as --set train.seed=N."
            | Init _ -> "start from the weights in a safetensors file."
            | Out _ -> "the folder for the run's files, instead of runs/NAME/TIMESTAMP."
            | Quiet -> "print only the result."
            | Json -> "print events as JSON, one a line."

/// What a later release brings; until then it is refused, never ignored.
let private later = [ "--nodes"; "--hosts"; "--resume"; "--on" ]

let private voice (arguments: Argument list) =
    if List.contains Json arguments then RunVoice.Json
    elif List.contains Quiet arguments then RunVoice.Quiet
    else RunVoice.Spoken

let private spec argument =
    match argument with
    | Files values -> Some(SpecOption.Files values)
    | Gpus value -> Some(SpecOption.Gpus value)
    | Devices value -> Some(SpecOption.Devices value)
    | Require_Gpu -> Some SpecOption.RequireGpu
    | Set value -> Some(SpecOption.Set value)
    | Steps _
    | Seed _
    | Init _
    | Out _
    | Quiet
    | Json -> None

let private seed (arguments: Argument list) =
    let seed =
        arguments
        |> List.tryPick (function
            | Seed value -> Some value
            | _ -> None)

    result {
        let! seed = Options.optionalWhole "--seed" 0L seed
        return [ for number in Option.toList seed -> $"train.seed={number}" ]
    }

let private settings (arguments: Argument list) : Result<TrainingRun.Settings, string> =
    let steps =
        arguments
        |> List.tryPick (function
            | Steps value -> Some value
            | _ -> None)

    result {
        let! steps = Options.optionalWhole "--steps" 1L steps

        return {
            Steps = Option.defaultValue 0L steps
            InitialWeights =
                arguments
                |> List.tryPick (function
                    | Init value -> Some value
                    | _ -> None)
            Out =
                arguments
                |> List.tryPick (function
                    | Out value -> Some value
                    | _ -> None)
        }
    }

let private request (arguments: Argument list) : Result<RunRequest, string> =
    let options = List.choose spec arguments

    result {
        let! file = Options.oneFile "run" (SpecOption.files options)
        let! seed = seed arguments
        let! devices = SpecOption.deviceRequest options
        let! settings = settings arguments

        return {
            File = file
            Overrides = SpecOption.overrides options @ seed
            Devices = devices
            Settings = settings
            Voice = voice arguments
        }
    }

let private start words =
    result {
        let! arguments = Options.parse "run" Files later words
        let! request = request arguments
        return fun () -> SpecRun.run request
    }
    |> Command.start

let command = {
    Name = "run"
    Arguments = "FILE [--gpus N] [--set KEY=VALUE]..."
    Summary = "train a spec"
    Options = fun () -> Options.usage<Argument> "run"
    Run = start
}
