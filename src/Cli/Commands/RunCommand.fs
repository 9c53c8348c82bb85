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
    | [<Unique>] Nodes of N: string
    | [<Unique>] Hosts of LIST: string
    | [<Unique>] Hostfile of FILE: string
    | [<Unique>] Processes of N: string
    | [<Unique>] Launcher of PROGRAM: string
    | [<Unique>] Restarts of N: string
    | Set of ``KEY=VALUE``: string
    | [<Unique>] Steps of N: string
    | [<Unique>] Seed of N: string
    | [<Unique>] Init of WEIGHTS: string
    | [<Unique>] Resume of DIR: string option
    | [<Unique>] Allow_Changed
    | [<Unique>] Time_Limit of TIME: string
    | [<Unique>] Gather_Checkpoints
    | [<Unique>] Out of DIR: string
    | [<Unique>] Quiet
    | [<Unique>] Json

    interface IArgParserTemplate with
        member argument.Usage =
            match argument with
            | Files _ -> "the spec to train."
            | Gpus _ -> "ask for so many GPUs, on each machine; virtual CPU devices stand in where there are none."
            | Devices _ -> "ask for these GPUs by number: 0,2."
            | Require_Gpu -> "refuse virtual devices."
            | Nodes _ -> "run on so many machines, which the scheduler or --hosts names."
            | Hosts _ -> "run on these machines: a,b or a:4,b:4, with the most ranks that each takes."
            | Hostfile _ -> "the same from a file: a line `a slots=4` or `a:4` a machine."
            | Processes _ -> "run each rank as a process, on this machine."
            | Restarts _ ->
                "start a job again from its last checkpoint when it loses a process, so often; without machines that are gone."
            | Launcher _ -> "the mpirun or mpiexec to start processes with, instead of the first on PATH."
            | Set _ -> "change a `let` or an argument: --set width=64 --set train.batch=256."
            | Steps _ -> "stop after so many updates."
            | Seed _ -> "the same as --set train.seed=N."
            | Init _ -> "start from the weights in a safetensors file, or in a checkpoint's folder."
            | Resume _ ->
                "go on from the newest checkpoint: of the newest run of this name, or of DIR, a run's folder or a checkpoint's."
            | Allow_Changed -> "go on even where the spec teaches something else than the checkpoint's."
            | Time_Limit _ -> "end in this time, 2h, 90min or 30s, with a checkpoint and exit code 75."
            | Gather_Checkpoints ->
                "let the first process of a job write all of a checkpoint, where its machines share no folder."
            | Out _ -> "the folder for the run's files, instead of runs/NAME/TIMESTAMP."
            | Quiet -> "print only the result."
            | Json -> "print events as JSON, one a line."

/// What a later release brings; until then it is refused, never ignored.
let private later = [ "--on" ]

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
    | Nodes value -> Some(SpecOption.Machines("--nodes", value))
    | Hosts value -> Some(SpecOption.Machines("--hosts", value))
    | Hostfile value -> Some(SpecOption.Machines("--hostfile", value))
    | Processes value -> Some(SpecOption.Machines("--processes", value))
    | Set value -> Some(SpecOption.Set value)
    | Launcher _
    | Restarts _
    | Steps _
    | Seed _
    | Init _
    | Resume _
    | Allow_Changed
    | Time_Limit _
    | Gather_Checkpoints
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

let private resume (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Resume(None | Some "") -> Some ParDsl.Resume.Newest
        | Resume(Some path) -> Some(ParDsl.Resume.From path)
        | _ -> None)

/// What says something only beside another option, or not beside it.
let private together (settings: TrainingRun.Settings) =
    match settings.Resume, settings.InitialWeights with
    | ParDsl.Resume.Never, _ when settings.AllowChanged -> Error(Mistake.optionWithout "--allow-changed" "--resume")
    | (ParDsl.Resume.Newest | ParDsl.Resume.From _), Some _ -> Error Mistake.bothInitAndResume
    | _ -> Ok settings

let private settings (arguments: Argument list) : Result<TrainingRun.Settings, string> =
    let pick choose = List.tryPick choose arguments

    result {
        let! steps =
            pick (function
                | Steps value -> Some value
                | _ -> None)
            |> Options.optionalWhole "--steps" 1L

        let! timeLimit =
            pick (function
                | Time_Limit value -> Some value
                | _ -> None)
            |> Options.optionalTime "--time-limit"

        return!
            together {
                Steps = Option.defaultValue 0L steps
                InitialWeights =
                    pick (function
                        | Init value -> Some value
                        | _ -> None)
                Out =
                    pick (function
                        | Out value -> Some value
                        | _ -> None)
                Resume = resume arguments |> Option.defaultValue ParDsl.Resume.Never
                AllowChanged = List.contains Allow_Changed arguments
                TimeLimit = timeLimit
                GathersCheckpoints = List.contains Gather_Checkpoints arguments
            }
    }

let private launcher (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Launcher value -> Some value
        | _ -> None)

let private restarts (arguments: Argument list) =
    arguments
    |> List.tryPick (function
        | Restarts value -> Some value
        | _ -> None)
    |> Options.optionalWhole "--restarts" 0L
    |> Result.map (Option.defaultValue 0L >> min 1_000_000L >> int)

let private request words (arguments: Argument list) : Result<RunRequest, string> =
    let options = List.choose spec arguments

    result {
        let! file = Options.oneFile "run" (SpecOption.files options)
        let! seed = seed arguments
        let! devices = SpecOption.deviceRequest options
        let! settings = settings arguments
        let! machines = SpecOption.machines options
        let! restarts = restarts arguments

        return {
            File = file
            Overrides = SpecOption.overrides options @ seed
            Devices = SpecOption.onMachines machines devices
            Launch = {
                Machines = machines
                Launcher = launcher arguments
                Restarts = restarts
                Words = "run" :: MachineOptions.withoutLaunch words
                Json = (voice arguments = RunVoice.Json)
            }
            Settings = settings
            Voice = voice arguments
        }
    }

let private start words =
    result {
        let! arguments = Options.parse "run" Files later words
        let! request = request words arguments
        return fun () -> SpecRun.run request
    }
    |> Command.start

let command = {
    Name = "run"
    Arguments = "FILE [--gpus N] [--nodes N] [--set KEY=VALUE]..."
    Summary = "train a spec"
    Options = fun columns -> Options.usage<Argument> columns "run"
    Run = start
}
